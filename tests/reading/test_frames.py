"""Every frame of the lexicon reads its own examples."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.codebook.predicates import Frame, Predicates
from dragoman.model import ACT_GROUPS, Reading

FRAMES = Predicates.load().frames
EXAMPLES = [(frame, example) for frame in FRAMES for example in frame.examples]
#: Replies need the act that they answer; their examples tell it as a noun, so that one of the two is found.
ANSWERS = {"reply"}


def test_every_frame_has_an_example() -> None:
    assert [f.id for f in FRAMES if not f.examples] == []


def test_no_two_frames_share_an_id() -> None:
    ids = [f.id for f in FRAMES]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("frame", "example"), EXAMPLES, ids=[f"{f.id}-{n}" for n, (f, _) in enumerate(EXAMPLES)])
def test_a_frame_reads_its_example(frame: Frame, example: str, read: Callable[..., Reading]) -> None:
    contacts = read(example).contacts
    groups = {ACT_GROUPS[c.act] for c in contacts}
    if "within" in frame:
        assert groups == {"exchange"}, "what is said in a meeting is no second entry"
    elif frame.act in ANSWERS:
        assert contacts and contacts[0].from_ and contacts[0].to
    else:
        assert ACT_GROUPS[frame.act] in groups, [c.as_json(bare=True) for c in contacts]
