"""Tables of tasks, and tables of the same look that are none."""

from pathlib import Path

import pytest

from pipeline.agencies import IssuerContext, shipped_office
from pipeline.correct.told import TOLD
from pipeline.dataset.review import DOUBTFUL_FROM
from pipeline.interpret.roles import Column, column_roles
from pipeline.interpret.table_kind import TASKS_FROM, judge_table_kind, kind_decision, kind_of
from pipeline.stitch.signals import Verdict
from schemas.table import Table
from tests.pipeline.stitch.printed import row

DISTRICT = IssuerContext(level="district", unit="huyện Chi Lăng", province="Lạng Sơn", issued=None)
REGISTRY = shipped_office().registry()


def judged(header, *rows, title=""):
    table = Table(
        col_edges=tuple(100.0 * i for i in range(len(header) + 1)),
        header=(row(*header),),
        rows=tuple(row(*each) for each in rows),
        headings=(False,) * len(rows),
        parts=(),
    )
    columns = column_roles(table, DISTRICT, REGISTRY)
    return judge_table_kind(table, columns, DISTRICT, REGISTRY, title)


TASKS = {
    "plan": (
        ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian"),
        ("1", "Rà soát hộ nghèo trên địa bàn huyện", "Phòng Nội vụ", "Quý I/2024"),
        ("2", "Công khai thủ tục hành chính tại trụ sở", "Phòng Tư pháp", "Quý II/2024"),
    ),
    "content and who": (
        ("TT", "Nội dung", "Đơn vị thực hiện"),
        ("1", "Tổ chức đối thoại với người dân ở cơ sở", "Phòng Nội vụ"),
        ("2", "Công khai thủ tục hành chính tại trụ sở", "UBND xã"),
    ),
    "agenda": (
        ("Thời gian", "Nội dung", "Người thực hiện"),
        ("8h00 - 8h15", "Tuyên bố lý do, giới thiệu đại biểu", "Văn phòng HĐND và UBND"),
        ("8h15 - 9h00", "Báo cáo kết quả thực hiện nhiệm vụ", "Chủ tịch UBND huyện"),
    ),
    "inspections": (
        ("TT", "Đơn vị được kiểm tra", "Thời gian kiểm tra"),
        ("1", "Phòng Nội vụ", "Tháng 4/2024"),
        ("2", "UBND xã Vân Thủy", "Tháng 5/2024"),
    ),
    "assignment to persons": (
        ("STT", "Nhiệm vụ", "Người thực hiện"),
        ("1", "Chuẩn bị tài liệu phục vụ hội nghị", "Nguyễn Văn An"),
        ("2", "Đón tiếp đại biểu", "Lê Thị Hoa"),
    ),
    "thực hiện alone": (
        ("STT", "Nội dung công việc", "Thực hiện", "Hoàn thành"),
        ("1", "Chuẩn bị tài liệu phục vụ hội nghị", "Phòng Nội vụ", "30/9/2024"),
    ),
    "empty form": (
        ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian"),
        ("1", "…", "…", "…"),
    ),
}  # fmt: skip

OTHERS = {
    "scores": (
        ("TT", "Tiêu chí", "Điểm tối đa", "Điểm tự chấm", "Kết quả"),
        ("1", "Ban hành kế hoạch cải cách hành chính đúng hạn", "1,5", "1,5", "Đạt"),
        ("2", "Mức độ hoàn thành kế hoạch", "2", "1,75", "Đạt"),
    ),
    "statistics": (
        ("STT", "Chỉ tiêu", "Đơn vị tính", "Thực hiện năm 2023", "Kế hoạch 2024"),
        ("1", "Tổng diện tích gieo trồng cây hằng năm", "ha", "1.234", "1.300"),
        ("2", "Số hộ dùng nước sạch", "hộ", "5.678", "6.000"),
    ),
    "budget": (
        ("TT", "Nội dung", "Tổng số", "Chi thường xuyên", "Đơn vị thực hiện"),
        ("1", "Chi sự nghiệp giáo dục", "12.345", "10.000", "Phòng Giáo dục và Đào tạo"),
        ("2", "Chi sự nghiệp y tế", "2.345", "2.000", "Trung tâm Y tế"),
    ),
    "persons": (
        ("STT", "Họ và tên", "Chức vụ", "Đơn vị công tác", "Ghi chú"),
        ("1", "Nguyễn Văn An", "Chủ tịch", "UBND xã Vân Thủy", ""),
        ("2", "Lê Thị Hoa", "Phó Chủ tịch", "UBND xã Bằng Mạc", ""),
    ),
    "comments": (
        ("TT", "Nội dung góp ý", "Đơn vị góp ý", "Ý kiến tiếp thu, giải trình"),
        ("1", "Đề nghị bổ sung căn cứ pháp lý vào dự thảo", "Sở Tư pháp", "Tiếp thu"),
        ("2", "Thống nhất với nội dung dự thảo", "Sở Nội vụ", "Đã chỉnh sửa trong dự thảo"),
    ),
    "comments on a draft": (
        ("STT", "Nội dung dự thảo", "Ý kiến góp ý", "Cơ quan, đơn vị góp ý", "Nội dung tiếp thu"),
        ("1", "Tổ chức tuyên truyền cho người dân", "Đề nghị bổ sung", "Phòng Tư pháp", "Tiếp thu"),
    ),
    "marks": (
        ("TT", "Đơn vị", "Có", "Không", "Kết quả thống kê"),
        ("1", "Phòng Nội vụ", "x", "", "Đạt"),
        ("2", "Phòng Tư pháp", "", "x", "Không đạt"),
    ),
    "documents": (
        ("TT", "Số hiệu văn bản", "Trích yếu", "Cơ quan ban hành", "Thời gian"),
        ("1", "12/QĐ-UBND", "Quyết định phê duyệt kế hoạch sử dụng đất", "UBND huyện", "05/3/2024"),
        ("2", "15/QĐ-UBND", "Quyết định giao dự toán ngân sách", "UBND huyện", "15/3/2024"),
    ),
}  # fmt: skip


def tables_of(kind):
    """Tables as offices have them, by name: a line a row, the header first."""
    text = (Path(__file__).parent / "table_kinds" / f"{kind}.txt").read_text(encoding="utf-8")
    made = []
    for part in text.removeprefix("# ").split("\n# "):
        name, *lines = part.strip().split("\n")
        rows = [tuple(cell.strip() for cell in line.split("|")) for line in lines]
        made.append(
            pytest.param([row + ("",) * (len(rows[0]) - len(row)) for row in rows], id=name)
        )
    return made


@pytest.mark.parametrize("rows", tables_of("tasks"))
def test_plans_of_every_kind_give_items(rows):
    verdict = judged(*rows)
    assert verdict.score >= TASKS_FROM, verdict


@pytest.mark.parametrize("rows", tables_of("other"))
def test_other_tables_of_every_kind_give_none_and_no_doubt(rows):
    verdict = judged(*rows)
    assert verdict.score < DOUBTFUL_FROM, verdict


@pytest.mark.parametrize("rows", tables_of("unsure"))
def test_what_may_be_either_is_left_to_people(rows):
    verdict = judged(*rows)
    assert kind_of(verdict) == "other"
    assert verdict.score >= DOUBTFUL_FROM, verdict


def test_the_title_of_a_table_speaks_against_tasks():
    rows = TASKS["content and who"]
    plain = judged(*rows).score
    assert judged(*rows, title="DANH SÁCH ĐƠN VỊ ĐỀ NGHỊ KHEN THƯỞNG").score < plain
    assert judged(*rows, title="PHÂN CÔNG NHIỆM VỤ, KẾT QUẢ").score == plain


def test_what_reads_like_tasks_with_nothing_beside_is_left_to_people():
    verdict = judged(("TT", "Nhiệm vụ", "Ghi chú"), *[(a, b, "") for a, b, *_ in PLAN[1:]])
    assert verdict.score == 0.5
    assert verdict.reasons[0] == "nothing_beside"


@pytest.mark.parametrize("name", TASKS)
def test_tables_of_tasks(name):
    verdict = judged(*TASKS[name])
    assert kind_of(verdict) == "tasks", verdict
    assert verdict.score > 0.75


@pytest.mark.parametrize("name", OTHERS)
def test_tables_of_anything_else(name):
    verdict = judged(*OTHERS[name])
    assert kind_of(verdict) == "other", verdict
    assert verdict.score < 0.25


def test_the_decision_has_score_and_reasons():
    verdict = judged(*TASKS["plan"])
    decision = kind_decision(verdict, 3)
    assert (decision.what, decision.page, decision.taken) == ("table_kind", 3, True)
    assert (decision.score, decision.reasons) == (verdict.score, verdict.reasons)
    assert "duties" in decision.reasons
    assert not kind_decision(judged(*OTHERS["persons"]), 1).taken


@pytest.mark.parametrize(("score", "kind"), [(0.75, "tasks"), (0.749, "other"), (0.5, "other")])
def test_what_is_uncertain_gives_no_items(score, kind):
    assert kind_of(Verdict(score, ("duties",))) == kind


REASONS = {
    "plan": "agencies_beside doers_header duties prose task_header times_beside times_header",
    "content and who": "agencies_beside content_header doers_header duties prose",
    "inspections": "schedule_header times_beside times_header",
    "empty form": "doers_header empty_form task_header times_header",
    "scores": (
        "content_header deliverable_header duties marks number_columns"
        " numbers other_headers prose unknown_headers untimed_figures"
    ),
    "statistics": (
        "content_header nothing_beside number_columns numbers"
        " other_headers prose unknown_headers untimed_figures untold"
    ),
    "budget": (
        "agencies_beside content_header doers_header number_columns numbers"
        " other_headers prose unknown_headers untimed_figures untold"
    ),
    "persons": "no_content",
    "comments on a draft": (
        "agencies_unnamed content_is_other duties other_headers prose unknown_headers"
    ),
    "marks": (
        "agencies_beside content_is_no_task doers_header"
        " marks other_headers unknown_headers untold"
    ),
    "documents": (
        "content_is_other other_headers prose"
        " times_beside times_header unknown_headers untold"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REASONS)
def test_what_speaks_for_and_against(name):
    assert sorted(judged(*(TASKS | OTHERS)[name]).reasons) == REASONS[name].split()


PLAN = TASKS["plan"]


def score_with(*changes):
    """The score of the plan with cells exchanged: (row, column, text)."""
    rows = [list(row) for row in PLAN]
    for at, col, text in changes:
        rows[at][col] = text
    return judged(*map(tuple, rows))


@pytest.mark.parametrize(
    ("column", "header", "reason"),
    [
        (1, "Nội dung", "content_header"),
        (1, "Nhiệm vụ / giải pháp", "task_header"),
        (3, "Kết quả", "deliverable_header"),
        (3, "Điểm (tối đa)", "other_headers"),
        (3, "Ghi nhận / Điểm", "other_headers"),
        (1, "Nội dung dự thảo", "content_is_other"),
    ],
)
def test_headers_speak(column, header, reason):
    assert reason in score_with((0, column, header)).reasons


def test_a_schedule_needs_its_times():
    header, *rows = TASKS["inspections"]
    untimed = (header[0], header[1], "Đơn vị thực hiện")
    found = judged(untimed, *[(a, b, "Phòng Nội vụ") for a, b, _ in rows])
    assert "schedule_header" not in found.reasons


def test_strengths_are_shares_of_cells():
    whole = score_with().score
    half = score_with((1, 1, "Hộ nghèo"), (1, 3, "lúa"), (0, 1, "Nội dung")).score
    none = score_with((1, 1, "12"), (2, 1, "13"), (0, 1, "Nội dung")).score
    assert whole > half > none
    assert none < 0.25


def test_headings_are_no_cells():
    header, first, second = PLAN
    rows = (row(*first), row("I", "12.345", "", ""), row(*second))
    edges = tuple(100.0 * i for i in range(5))
    table = Table(edges, (row(*header),), rows, (False, True, False), ())
    columns = column_roles(table, DISTRICT, REGISTRY)
    assert "numbers" not in judge_table_kind(table, columns, DISTRICT, REGISTRY).reasons


def test_what_a_person_told_is_so():
    header, *rows = OTHERS["persons"]
    table = Table(
        tuple(100.0 * i for i in range(len(header) + 1)),
        (row(*header),),
        tuple(row(*each) for each in rows),
        (False,) * len(rows),
        (),
    )
    told = [
        Column("tasks" if i == 1 else "extra", name, 1.0, TOLD) for i, name in enumerate(header)
    ]
    verdict = judge_table_kind(table, told, DISTRICT, REGISTRY)
    assert (verdict.score, verdict.reasons) == (1.0, TOLD)
    only_extra = [Column("extra", name, 1.0, TOLD) for name in header]
    assert judge_table_kind(table, only_extra, DISTRICT, REGISTRY).score == 0.0


def test_persons_are_doers_and_not_what_is_done():
    header, *rows = TASKS["assignment to persons"]
    assert "persons" not in judged(header, *rows).reasons
    listed = (*header, "Ghi chú")
    found = judged(listed, *[(*each, "Trần Văn Bình") for each in rows])
    assert "persons" in found.reasons


def test_each_row_of_a_deep_header_speaks():
    header, *rows = PLAN
    edges = tuple(100.0 * i for i in range(5))
    deep = (row("", "", "Kết quả thực hiện", ""), row(*header[:2], "Xếp hạng", header[3]))
    table = Table(edges, deep, tuple(row(*each) for each in rows), (False, False), ())
    columns = column_roles(table, DISTRICT, REGISTRY)
    assert columns[2].name == "Kết quả thực hiện / Xếp hạng"
    assert "other_headers" in judge_table_kind(table, columns, DISTRICT, REGISTRY).reasons
