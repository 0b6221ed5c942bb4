from itertools import count

from storage.search.lazy import cached_property


class Asked:
    def __init__(self) -> None:
        self.times = count(1)

    @cached_property
    def once(self) -> int:
        return next(self.times)


def test_each_object_works_it_out_once() -> None:
    one, other = Asked(), Asked()
    assert (one.once, one.once) == (1, 1)
    assert next(one.times) == 2
    assert other.once == 1
