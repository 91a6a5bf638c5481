"""A document of two pages whose rendering, `tagged.pdf`, LibreOffice 7.4 made."""

from tests.pipeline.read.word.made import p, r, tbl, tc, tr

LONG = "Rà soát, lập danh mục và công khai các thủ tục hành chính trên địa bàn xã. "
BODY = (
    tbl(
        tr("UBND HUYỆN CHI LĂNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        widths=(4000, 5000),
        ruled=False,
    )
    + p("PHỤ LỤC I")
    + tbl(
        tr("STT", "Nội dung", "Nhiệm vụ", "Cơ quan chủ trì", properties="<w:tblHeader/>"),
        tr("1", tc("Công khai", merge="restart"), tc(LONG * 20), "Phòng Nội vụ"),
        tr("2", tc("", merge="continue"), tc(LONG * 12, r("đã bỏ ", "<w:strike/>")), "UBND xã"),
        tr("3", "", "Tuyên truyền", ""),
        widths=(600, 2000, 4500, 2000),
    )
)
