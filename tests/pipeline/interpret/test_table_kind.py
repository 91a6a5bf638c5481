"""Tables of tasks, and tables of the same look that are none."""

import pytest

from pipeline.agencies import IssuerContext, shipped_office
from pipeline.interpret.roles import column_roles
from pipeline.interpret.table_kind import judge_table_kind, kind_decision, kind_of
from schemas.table import Table
from tests.pipeline.stitch.printed import row

DISTRICT = IssuerContext(level="district", unit="huyện Chi Lăng", province="Lạng Sơn", issued=None)
REGISTRY = shipped_office().registry()


def judged(header, *rows):
    table = Table(
        col_edges=tuple(100.0 * i for i in range(len(header) + 1)),
        header=(row(*header),),
        rows=tuple(row(*each) for each in rows),
        headings=(False,) * len(rows),
        parts=(),
    )
    columns = column_roles(table, DISTRICT, REGISTRY)
    return judge_table_kind(table, columns, DISTRICT, REGISTRY)


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
