"""Words that say how a sentence is built and nothing of what it is about."""

from __future__ import annotations

from storage.language.hangul import FELT, KEYS
from storage.language.keys import HANGUL_MARK, terms
from storage.language.korean import PARTICLES

PARTICLE_TERMS = frozenset(HANGUL_MARK + keys for keys in PARTICLES)
FEELING_TERMS = frozenset(
    HANGUL_MARK + times * jamo.translate(KEYS) for jamo in FELT for times in range(2, 10)
)
PASSED_OVER = PARTICLE_TERMS | FEELING_TERMS
"""Terms that may stand between two words of a phrase: the particle of a foreign word, laughter."""

_ENGLISH = """
a about above across after again against all also although am among an and another any are around
as at away back be because been before being below between both but by can cannot could did do
does doing don done down during each either else even ever every few first for from further get
gets getting give given go goes going got had has have having he her here hers him his how however
i if in into is it its itself just keep know last less let like ll look made make makes making
many may me might more most much must my need never new next no nor not now of off often on once
one only or other our out over own part per put rather re really right s said same say see seem
she should since so some still such t take than that the their them then there these they thing
things this those through time to together too two under until up upon us use used using ve very
want was way we well went were what when where whether which while who whole whose why will with
within without would year years yes yet you your
"""
_KOREAN = """
것 거 건 걸 게 수 때 등 및 더 덜 또 또는 그 이 저 그리고 그러나 하지만 그래서 그런데 그러면
그러므로 그렇게 그런 그냥 따라서 때문 때문에 또한 혹은 만약 물론 이런 이렇게 이러한 이것 이게 그것
그게 저런 어떤 어떻게 어느 여러 여러가지 모든 모두 매우 아주 정말 너무 많이 많은 조금 좀 잘 못 안
다시 이미 아직 이제 지금 바로 계속 항상 가장 거의 특히 즉 꼭 굳이 오히려 당연히 심지어 어느정도 나
나는 나도 내 내가 저는 제 제가 우리 우리가 당신 당신이 여러분 그는 그가 그들 누가 누구 무엇 왜
통해 통한 대한 대해 대해서 위한 위해 위해서 의한 의해 인해 관한 관련 따른 따라 함께 중 중에 중에서
경우 경우에 정도 있는 있다 있고 있을 있으면 있습니다 없는 없다 없이 없습니다 하는 하다 하고 하면
한다 한다면 할 한 해 했다 합니다 하는데 하지 됩니다 되는 되다 되고 된 된다 될 돼 되었다 같다 같은
같이 같습니다 않는 않다 않고 않을 않은 않으면 아니라 아닌 아니 이상 이하 이후 이전 대신 만큼 처럼
보다 년 월 일 개 명 번 것도 것과 것의 봐도 있었다 없었다 않았다 하나 예를 들면 들어
"""
_QUESTIONS = """
어떻게 뭐 뭐가 뭐라고 뭘 무엇 무엇이 무엇을 무엇인가 무엇인지 언제 어디 어디서 어디에 어디에서 왜
누가 누구 누구의 얼마나 얼마 몇 무슨 어떤 어떤게 어느 있나 있나요 있을까 있을까요 있는지 인가
인가요 인지 일까 일까요 되나 되나요 하나요 하나 할까 할까요 하는지 뭔가 뭔가요 뭔지 뭐지 알려줘
알려주세요 찾아줘 추천해줘 것들 관련글
"""
_LINKS = (
    "http https www com net org html htm index php utm campaign medium source fbclid aem mibextid"
)

FUNCTION_WORDS = frozenset(
    terms(_ENGLISH) | terms(_KOREAN) | terms(_QUESTIONS) | terms(_LINKS) | PARTICLE_TERMS
)
"""Their terms, and those of which links are built."""
