"""Whether a Korean word can be a loanword, and so sound like the English word that it is."""

from __future__ import annotations

from storage.language.lexicon import is_inflected, known
from storage.language.lexicon.wordlists import supplement

# The readings of the Chinese characters in use (大法院 人名用漢字, 2024, without the rarest).
_SINO_KOREAN = frozenset(
    "가각간갈감갑강개객갱거건걸검겁격견결겸경계고곡곤골공과곽관괄광괘괴굉교구국군굴궁권궐궤귀규균극근금급긍기긴길"
    "나낙난날남납낭내냉녀년념녕노녹논농뇌뇨누눌뉴능니닉다단달담답당대댁덕도독돈돌동두둔득등라락란람랍랑래랭략량려력련"
    "렬렴렵령례로록론롱뢰료룡루류륙륜률륭륵름릉리린림립마막만말망매맥맹면멸명모목몰몽묘무묵문물미민밀박반발방배백번벌"
    "범법벽변별병보복본봉부북분불붕비빈빙사삭산살삼삽상색생서석선설섬섭성세소속손솔송쇄쇠수숙순술숭슬습승시식신실심"
    "십쌍씨아악안알암압앙애액앵야약양어억언얼엄업여역연열염엽영예오옥온올옹와완왕왜외요욕용우욱운울웅원월위유육윤율융"
    "은을음읍응의이익인일임입잉자작잔잠잡장재쟁저적전절점접정제조족존졸종좌죄주죽준중즉즐즙증지직진질집징차착찬찰참창채"
    "책처척천철첨첩청체초촉촌총촬최추축춘출충췌취측층치칙친칠침칭쾌타탁탄탈탐탑탕태택토통퇴투특파판팔패팽편폄평폐포"
    "폭표품풍피필핍하학한할함합항해핵행향허헌헐험혁현혈혐협형혜호혹혼홀홍화확환활황회획횡효후훈훼휘휴휼흉흑흔흘흠흡흥희"
)


def may_be_loanword(word: str) -> bool:
    """Whether a Korean word may be a transliteration: 깃허브 or 포지션, but not 수업 or 시야를.

    It is no word of the dictionary, or one of its supplement, or an uninflected one with a syllable
    that no Chinese character is read as.
    """
    if word in supplement() or not known(word):
        return True
    return not (_SINO_KOREAN.issuperset(word) or is_inflected(word))
