"""What the server of the pages loads: it runs for months, and reads no file itself."""

import subprocess
import sys


def test_the_server_loads_no_readers_and_no_arrow():
    heavy = {"pdfplumber", "pdfminer", "pyarrow", "pandas", "prefect", "cv2", "openpyxl"}
    code = f"import sys, web.serve; print(sorted({heavy} & set(sys.modules)))"
    run = [sys.executable, "-c", code]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip() == "[]"
