"""What a planner decides outlives a rebuild, a slip of the pen, and a place that is gone."""

import pytest

from data import bundle as stored
from data import store
from data.register.decided import OUT, OWN, SAME, Decision, unheard
from data.register.deciding import decide_again, redecided
from data.register.decisions import file_of, keep, read, undo
from data.register.matching import matched
from geo.errors import BundleError
from tests.registers import area, found


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path))
    return tmp_path


def test_a_decision_is_kept_changed_and_undone():
    assert read("1804") == ({}, ())
    keep("1804", Decision("own", "7", SAME, "w1", note="  the\nsame  "))
    keep("1804", Decision("own", "8", OUT))
    keep("1804", Decision("own", "7", OWN))
    decisions, faults = read("1804")
    assert faults == ()
    assert decisions["own", "7"].what == OWN
    assert len(decisions["own", "7"].date) == 10
    undo("1804", ("own", "7"))
    undo("1804", ("own", "7"))
    assert list(read("1804")[0]) == [("own", "8")]
    assert [path.name for path in file_of("1804").parent.glob("[!.]*")] == ["1804.toml"]


def test_what_is_not_understood_is_said_skipped_and_never_lost():
    file = file_of("1804")
    file.parent.mkdir(parents=True)
    garbled = (
        "# by Kari\n\n"
        '[[decision]]\nsource = "own"\nref = "1"\nwhat = "leave_out"\n# see the minutes\n'
        '[[decision]]\nsource = "own\nref = 2\n'
        '[[decision]]\nsource = "own"\nref = "3"\nwhat = "burn"\n'
        '[[decision]]\nsource = "own"\nref = "4"\nwhat = "same_as"\n'
        '[[decision]]\nsource = "own"\nref = "5"\nwhat = "own_place"\nnewer = [1, 2]\n'
    )
    file.write_bytes(garbled.encode() + b'[[decision]]\nsource = "\xff"\n')
    decisions, faults = read("1804")
    assert [ref for _, ref in decisions] == ["1", "5"]
    assert [str(fault).split(" of ")[0].rpartition(" ")[2] for fault in faults] == [
        *("8", "11", "15", "24")
    ]
    keep("1804", Decision("own", "1", OWN))
    text = file.read_bytes()
    for part in (b"# by Kari", b"# see the minutes", b"ref = 2", b'"burn"', b"newer", b"\xff"):
        assert part in text
    decisions, faults = read("1804")
    assert decisions["own", "1"].what == OWN
    assert len(faults) == 4


def test_text_from_outside_stays_text():
    nasty = 'a"]]\n[[decision]]\nsource = "x'
    keep("1804", Decision(nasty, "1", SAME, 'w1"\nwhat="leave_out'))
    ((key, decision),) = read("1804")[0].items()
    assert key == (nasty, "1")
    assert decision.place == 'w1"\nwhat="leave_out'


@pytest.mark.parametrize("wrong", [("burn", ""), (SAME, ""), (OWN, "w1")])
def test_what_cannot_be_done_is_not_kept(wrong):
    with pytest.raises(ValueError, match="Decision"):
        keep("1804", Decision("own", "1", *wrong))


def test_no_other_file_is_written():
    with pytest.raises(BundleError, match="code"):
        keep("../1804", Decision("own", "1", OUT))


def test_a_folder_that_is_shut_is_said(home):
    (home / "decisions").write_text("no folder")
    with pytest.raises(BundleError, match="cannot be read or written"):
        keep("1804", Decision("own", "1", OUT))


def test_decisions_about_what_is_gone_are_said():
    told = [Decision("own", "1", SAME, "w404"), Decision("own", "9", OUT)]
    said = unheard({d.key: d for d in told}, [("own", "1")], ["w1"])
    assert [str(message) for message in said] == [
        "The place w404 that row 1 of own was said to be is no longer there: decide again.",
        "Row 9 of own, which was decided about, is no longer there.",
    ]


@pytest.fixture
def built():
    return area()


def test_without_decisions_everything_is_as_it_was_built(built):
    known, _ = built
    again = redecided(known, {})
    columns = [c for c in known.places.columns if c != "geometry"]
    assert again.places[columns].equals(known.places[columns])
    assert again.register.equals(known.register)
    assert again.entrances["place_id"].tolist() == known.entrances["place_id"].tolist()
    assert again.area.built > known.area.built
    assert known.places.index.tolist() == ["w1", "w2", "skoler:3", "skoler:4"]
    assert known.places.loc["w2", ["kinds", "opening_hours"]].tolist() == [
        *("school;library", "24/7")
    ]


def test_a_decision_is_carried_out_and_undone(built):
    known, _ = built
    before = known.places.loc["w1"]
    same = redecided(known, {("skoler", "1"): Decision("skoler", "1", SAME, "w1")})
    assert found(same.register, "1") == ("matched", "w1")
    assert same.places.loc["w1", ["sources", "wheelchair"]].tolist() == [
        *("osm;skoler", "designated")
    ]
    assert same.register["decided"].sum() == 1
    own = redecided(same, {("skoler", "1"): Decision("skoler", "1", OWN)})
    assert own.places.index.tolist() == ["w1", "w2", "skoler:1", "skoler:3", "skoler:4"]
    door = own.entrances.set_index("place_id").loc["skoler:1"]
    assert (door["how"], door.geometry.x) == ("point", 50)
    undone = redecided(own, {})
    assert undone.places.loc["w1"].equals(before)
    assert "skoler:1" not in set(undone.entrances["place_id"])
    assert found(undone.register, "1") == ("conflict", "w1")


def test_what_a_register_added_is_taken_back_when_its_row_is_left_out(built):
    known, _ = built
    out = redecided(known, {("skoler", "2"): Decision("skoler", "2", OUT)})
    assert out.places.loc[
        "w2", ["opening_hours", "wheelchair", "sources", "kinds"]
    ].tolist() == [*("", "", "osm", "school;library")]
    back = redecided(out, {})
    assert back.places.loc["w2", "opening_hours"] == "24/7"


def test_decisions_in_the_store_outlive_the_area(built):
    known, town = built
    code = known.area.code
    stored.write(known)
    keep(code, Decision("skoler", "1", OUT))
    keep(code, Decision("skoler", "404", OUT))
    changed, faults = decide_again(code)
    assert [str(fault) for fault in faults] == [
        "Row 404 of skoler, which was decided about, is no longer there."
    ]
    assert found(changed.register, "1") == ("left_out", "")
    kept = stored.read(code)
    assert kept.register["decided"].sum() == 1
    assert kept.area.built == changed.area.built
    # A rebuild from scratch makes the same, for the decisions lie beside the area.
    register = matched(town, kept.register[kept.register["source"] != "osm"], read(code)[0])
    assert found(register, "1") == ("left_out", "")
    assert store.codes() == [code]


def test_the_file_can_be_read_by_anybody():
    keep("1804", Decision("own", "7", SAME, "w1", note="Både skole og SFO"))
    text = file_of("1804").read_text("utf-8")
    assert text.startswith("[[decision]]")
    assert "Både skole og SFO" in text
