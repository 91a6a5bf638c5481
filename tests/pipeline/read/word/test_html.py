"""HTML that is called .doc or .xls, alone or in a web archive."""

from pathlib import Path

import pytest

from pipeline.agencies import shipped_office
from pipeline.extract import extract_plan
from pipeline.job import Job
from pipeline.settings import Settings

PAGE = """<html><head><title>x</title><style>p {color: red}</style></head><body>
<table><tr><td>UBND HUYỆN CHI LĂNG</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr></table>
<p align=center><b>PHỤ LỤC I</b><p><b>NHIỆM VỤ NĂM 2024</b></p>
<p>(Kèm theo Kế hoạch số 15/KH-UBND ngày 02/5/2024 của UBND huyện Chi Lăng)</p>
<table border=1>
<tr><th>STT<th>Nội dung<th>Nhiệm vụ<th>Cơ quan chủ trì<th>Thời gian</tr>
<tr><td>1<td rowspan=2>Rà soát<td>- Lập danh mục<br>- Kiến nghị <s>bỏ</s>sửa
<td>Phòng Tư pháp<td>2024</tr>
<tr><td>2<td>Tuyên truyền<!-- ẩn --><td>Phòng Nội vụ<td>Quý II/2024</tr>
</table><script>alert(1)</script></body></html>"""


def _read(path: Path):
    return extract_plan(Job(path, path.name, Settings(), shipped_office()))


@pytest.mark.parametrize("name", ["plan.doc", "plan.xls", "plan.html"])
def test_pages_are_read_as_what_they_are(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(PAGE.encode("utf-8-sig"))
    plan = _read(path)
    assert [(i.marker, i.title, i.tasks) for i in plan.items] == [
        ("1", "Rà soát", ("Lập danh mục", "Kiến nghị sửa")),
        ("2", "Rà soát", ("Tuyên truyền",)),
    ]
    assert (plan.document.kind, plan.document.title) == ("word", "NHIỆM VỤ NĂM 2024")
    assert plan.document.plan_number == "15"
    cell = plan.items[1].fragments[0].cell
    assert (cell.table, cell.row, cell.column) == (2, 3, 1)


def test_a_web_archive_is_its_page(tmp_path):
    path = tmp_path / "plan.doc"
    head = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\n'
        'Content-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: 8bit\n\n'
    )
    page = PAGE.replace("<head>", '<head><meta charset="utf-8">')
    path.write_text(f"{head}{page}\n--x--\n", "utf-8")
    assert len(_read(path).items) == 2
