"""Hand-picked syllables that exist, and strings that cannot."""

import unicodedata

import pytest

from pipeline.language.syllables import is_syllable, share_of_marked, share_of_syllables

VALID = """
nghiêng khuyến thuở quyển huỳnh hươu rượu gì giếng quốc gìn ghế ngã nghỉ oanh uyên yêu xoong đường
Hữu Lũng Uỷ ủy ban nhân dân khuỷu ngoằn ngoèo quệt tuýp thuế hoặc loa chuyển kỹ lý mỹ y tế ích ếch
ướt ưu khoẻ khỏe giặc giục quy quý cuộc quít tiếng yếm loắt choắt giết giềng giữ giỗ gia giá gió
giông giúp giùm giũa giẻ gieo giấy giây giật giẫm gích gị quạp quặp quẹo quét quê quên quếch quều
quơ quới quầng quấy quật quân quán quạnh quẩn quá quyền quyết quỳnh quýt quỵ quýnh quắc quăng Đắk
Lắk đăk pơ Krông Kon Kạn Ea Pleiku nghĩa nghề nghe nguyễn nguyện người ngưỡng ngượng ngành ngữ ghi
ghép ghềnh ghẹ kỳ kỷ kiểm kế kẻ kênh khuya khuếch khoắng khuyết khuynh huỵch huơ uể oải oang oăm
oẳn ươm ước ỉu ì yếu yên yểm yểng yết ý moóc soóc loong toòng bướu khướu bưu hưu cứu lừu mưu uống
uôm luộm tuôn chuột chuối xuôi muỗi buýt luýt tuyn hoá hóa thuỷ thủy huỷ hủy oà òa uý úy loè lòe
Sỹ Vỹ Vy Thy tỷ hy ly ty ngoém khuâng bâng chệch huệ tuế huênh hoang xuề xoà huếch hoác khuê ức ấp
ắt ẩm ất âu ấy ắc ăn ăng ằng ẵm eng éc ẽo ẹt ếm ênh ễnh ương ụt út ụp đồng được đối đức đã đó đến
đều điện điểm đoàn đoạn đầu tư thực hiện truyền tuyến xuyên luyện pin pa pô Pác Pà Pắc phở phường
phẩm ao ai oai oách oạch toẹt khoét choèn loét ngoao ngoáo ba mươi nhăm lẻ rưỡi trăm nghìn triệu
tỉ bít cặp chếch cộc dệt dịch giáp hẹp khắp lượt một nước ngọt nhiệt phạt quyệt rốt sạch tập tích
vượt xếp ưng ừng ưỡn ứng cựu ngừu cưa cứa cừu rệu rạo trệu trạo liễu kiểu hiếu tiêu biểu ỷ ỹ ỵ
"""
INVALID = """
ñy ñi ńa ćo
cế nghà ngi ge kang zung foo wet tap cach bêp PHIEUx HQI đgh mbao tieng1 strong ptt ươưng ngươờ
giqu cqui hoaạ toán̉ cỉ cy ce cê kô kư kơ ko ghà gho ghư ngho nghư nghơ nge ngê ngia gê gẹ gyn mat
hoc lich thuc dươc nươc biêt viêc tiêp thuyêt càp cảp cãt hõc thìch hoàt ngườp ngườch lịnhh jam
fan win email iên iêm iêng iêu iết ương1 kyên hyên tyếng lyên byt hynh nynh quo quu quiêt quiền
quoa quuê qua1 qa qi qan quoc quâch quip quuôc qunh aa ee ii oo uu aê oê êe ưa1 ưe iư ăi ăo ăy âi
âo êi êo êng êc ơng ơc ưp iêo uơt uau oau oăi bă kă tâ đâ đă mâ khă ddi dd tt đđ đt pt bn vn nv mn
cn ươ uô iê yê uyê ngh gh kh th ch nh ph tr qu ng CQNG THIEUX TRiNHf vdi dgn ldp hdi tgi nhdn xd1
cd1 nguéi dwgc phwong b4 h0a l1ên chuyênn nhaan hooj ddaij tooi vieejt thuwcj gỹ bỹ cỳ ngỵ chỹ trỵ
nhy gyá xỹ âu1 ưưu oaa uêp uên uêt uyh uyng uyc uyên1 bl bra kra pla tla hla mla sra
"""


@pytest.mark.parametrize("word", VALID.split())
def test_valid(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", INVALID.split())
def test_invalid(word):
    assert not is_syllable(word)


def test_shares_tell_layers_apart():
    good = (
        "Tuyên truyền, phổ biến và thực hiện đầy đủ các quy định của Luật Thực hiện dân chủ ở cơ sở"
    )
    tcvn3 = "B¸o c¸o vÒ t×nh h×nh s¶n xuÊt kinh doanh ngµnh c«ng nghiÖp th¸ng 02"
    english_ocr = "CQNG HOA XA HQI CHU NGHIA VIET NAM Dqc lap Tu do Hanh phuc PHIEU TRiNH"
    assert share_of_syllables(good) > 0.95
    assert share_of_marked(good) > 0.7
    assert share_of_syllables(tcvn3) < 0.6
    assert share_of_marked(english_ocr) < 0.1


def test_abbreviations_do_not_count_but_words_in_capitals_do():
    assert share_of_syllables("UBND HĐND TTHC nhân dân") == 1.0
    assert share_of_syllables("UBND") == 0.0
    assert share_of_syllables("CỘNG HÒA XÃ HỘI") == 1.0
    assert share_of_syllables("CỘNG HỌẠ") == 0.5


def test_tones_of_both_placements_and_both_unicode_forms():
    for word in ("hoà", "hòa", "quý", "thuỷ", "thủy"):
        assert is_syllable(word)
        assert is_syllable(unicodedata.normalize("NFD", word))
