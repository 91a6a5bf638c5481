"""What a paragraph prints, and what of its markup it does not."""

import pytest

from pipeline.read.exact import ExactLine
from tests.pipeline.read.word.made import blocks, p, r, texts

FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
BEGIN, SEPARATE, END = (FIELD.format(kind) for kind in ("begin", "separate", "end"))
CODE = "<w:r><w:instrText> DATE </w:instrText></w:r>"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (("Phòng ", "Nội vụ"), "Phòng Nội vụ"),
        ("<w:r><w:t>1.</w:t><w:tab/><w:t>Rà soát</w:t></w:r>", "1. Rà soát"),
        ("<w:r><w:t>KH</w:t><w:noBreakHyphen/><w:t>UBND</w:t></w:r>", "KH-UBND"),
        ("<w:r><w:t>ki</w:t><w:softHyphen/><w:t>ểm</w:t></w:r>", "kiểm"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t> có</w:t></w:r>', "✓ có"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t> 90%</w:t></w:r>', "≥ 90%"),
        ((r("\uf0b7"), " Rà soát"), "• Rà soát"),
        ((r("thấy "), r("ẩn", "<w:vanish/>"), "rõ"), "thấy rõ"),
        ((r("có", '<w:vanish w:val="0"/>'),), "có"),
        ((r("tổ chức", "<w:caps/>"),), "TỔ CHỨC"),
        (("ngày ", BEGIN, CODE, SEPARATE, r("14/5/2024"), END, " xong"), "ngày 14/5/2024 xong"),
        ((BEGIN, CODE, r("mã"), SEPARATE, "quả", END), "quả"),
        (f'<w:fldSimple w:instr=" PAGE ">{r("7")}</w:fldSimple>', "7"),
        (f"<w:hyperlink>{r('liên kết')}</w:hyperlink>", "liên kết"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{r('ô điền')}</w:sdtContent></w:sdt>", "ô điền"),
        (f"<w:smartTag><w:ins>{r('thêm')}</w:ins></w:smartTag>", "thêm"),
        (f"<w:moveTo>{r('chuyển đến')}</w:moveTo>", "chuyển đến"),
        (("còn ", "<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>", "lại"), "còn lại"),
        (("còn ", f"<w:moveFrom>{r('đi')}</w:moveFrom>", "lại"), "còn lại"),
        (("còn ", r("gạch ", "<w:strike/>"), "lại"), "còn lại"),
        ((r("xã"), '<w:r><w:footnoteReference w:id="2"/></w:r>', " Vân Thủy"), "xã Vân Thủy"),
        (("<m:oMath><m:r><m:t>90%</m:t></m:r></m:oMath>", " hộ"), "90% hộ"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>trên</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>dưới</w:t>"
         "</w:r></w:rubyBase></w:ruby></w:r>", "dưới"),
    ],
)  # fmt: skip
def test_a_paragraph_reads_as_it_prints(tmp_path, runs, text):
    runs = (runs,) if isinstance(runs, str) else runs
    assert texts(tmp_path, p(*runs)) == [text]


def test_breaks_begin_lines(tmp_path):
    run = "<w:r><w:t>- một</w:t><w:br/><w:t>- hai</w:t><w:cr/><w:t>- ba</w:t></w:r>"
    assert texts(tmp_path, p(run)) == ["- một", "- hai", "- ba"]


def test_a_field_over_paragraphs_hides_its_instruction(tmp_path):
    body = p(BEGIN, CODE) + p(CODE, r("mã")) + p(SEPARATE, "kết quả") + p("sau", END)
    assert texts(tmp_path, body) == ["kết quả", "sau"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(tmp_path):
    gone = "<w:rPr><w:del/></w:rPr>"
    body = p("Phòng Nội ", properties=gone) + p("vụ") + p("khác")
    assert texts(tmp_path, body) == ["Phòng Nội vụ", "khác"]


def test_a_text_box_is_read_once_behind_its_paragraph(tmp_path):
    box = f"<w:txbxContent>{p('DỰ THẢO')}</w:txbxContent>"
    choice = f"<mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
    fallback = f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    anchored = f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>"
    assert texts(tmp_path, p(anchored, "KẾ HOẠCH") + p("sau")) == ["KẾ HOẠCH", "DỰ THẢO", "sau"]


def test_bold_and_centred_come_from_styles_and_from_the_text(tmp_path):
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"/>'
        '<w:style w:type="paragraph" w:styleId="T"><w:basedOn w:val="N"/>'
        '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="C"><w:rPr><w:b/></w:rPr></w:style>'
    )
    style = '<w:pStyle w:val="T"/>'
    body = (
        p("một", properties=style)
        + p(r("hai", '<w:b w:val="0"/>'), properties=style + '<w:jc w:val="left"/>')
        + p(r("ba", '<w:rStyle w:val="C"/>'))
        + p(r("bốn", '<w:rStyle w:val="C"/>'), properties=style)  # twice is off again
    )
    assert blocks(tmp_path, body, styles=styles) == [
        ExactLine("một", bold=True, centred=True),
        ExactLine("hai"),
        ExactLine("ba", bold=True),
        ExactLine("bốn", centred=True),
    ]


def test_old_fonts_are_converted_where_their_text_is_old(tmp_path):
    font = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    capitals = '<w:rFonts w:ascii=".VnTimeH" w:hAnsi=".VnTimeH"/>'
    old = r("Uû ban nh©n d©n huyÖn Chi L¨ng", font) + r(" kÕ ho¹ch", capitals)
    assert texts(tmp_path, p(old)) == ["Uỷ ban nhân dân huyện Chi Lăng KẾ HOẠCH"]


def test_old_fonts_by_name_alone_change_nothing(tmp_path):
    font = '<w:rFonts w:ascii=".VnTime;Times New Roman"/>'
    runs = r("Ủy ban nhân dân huyện Chi Lăng", font) + r(" và các xã", font)
    assert texts(tmp_path, p(runs)) == ["Ủy ban nhân dân huyện Chi Lăng và các xã"]
