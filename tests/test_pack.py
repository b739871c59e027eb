"""A pack: an area carried to another machine whole, and nothing else carried in."""

import hashlib
import zipfile
from pathlib import Path

import pytest
import tomli_w

from data import bundle, story_shelf
from data.__main__ import main
from data.order import Order
from data.order_file import order_of
from data.pack_list import MOST_BYTES_UNPACKED
from data.packing import MANIFEST, pack
from data.register import decisions
from data.register.decided import Decision
from data.stories import Step, Story, written
from data.unpacking import unpack
from geo.errors import BundleError, ExportError, MoteplassError, SourceError
from tests.test_bundle import town

PARKS = Story("Parks", (Step("Who?", "kinds=park"),))


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Work on a machine that has an area with a story and a decision."""
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "here"))
    bundle.write(town())
    story_shelf.keep("toytown", "parks", PARKS)
    decisions.keep("toytown", Decision("nsr", "1", "leave_out"))
    return tmp_path / "here"


@pytest.fixture
def packed(here, tmp_path):
    """Return the pack of that area."""
    return pack("toytown", tmp_path).file


@pytest.fixture
def there(packed, tmp_path, monkeypatch):
    """Go to another machine, on which nothing is."""
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "there"))
    return tmp_path / "there"


def rewritten(file, change):
    """Write a pack anew; `change` gets its files and its list."""
    with zipfile.ZipFile(file) as old:
        files = {name: old.read(name) for name in old.namelist()}
    listed = bundle.tomllib.loads(files.pop(MANIFEST).decode())
    change(files, listed)
    with zipfile.ZipFile(file, "w") as new:
        for name, content in files.items():
            new.writestr(name, content)
        if listed is not None:
            new.writestr(MANIFEST, tomli_w.dumps(listed))
    return file


def put(files, listed, name, content):
    """Put a file into a pack, rightly listed."""
    files[name] = content
    row = {
        "name": name,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    listed["files"] = [one for one in listed["files"] if one["name"] != name] + [row]


def test_what_is_packed_here_is_the_same_there(packed, there, here):
    done = unpack(packed)
    assert (done.code, done.stories, done.kept) == ("toytown", ("parks",), ())
    for part in ("areas/toytown", "stories/toytown", "decisions"):
        ours = {f.name: f.read_bytes() for f in (here / part).iterdir() if f.suffix}
        theirs = {f.name: f.read_bytes() for f in (there / part).iterdir() if f.suffix}
        assert ours == theirs
        assert ours
    assert bundle.read("toytown").area == town().area
    assert story_shelf.find("toytown", "parks") == PARKS


def test_an_area_that_is_there_is_only_replaced_when_that_is_said(packed, there):
    bundle.write(town(name="Another"))
    story_shelf.keep("toytown", "parks", Story("Ours", PARKS.steps))
    with pytest.raises(BundleError, match="toytown is there already"):
        unpack(packed)
    assert bundle.read_area("toytown").name == "Another"
    assert story_shelf.find("toytown", "parks").title == "Ours"
    assert unpack(packed, replace=True).stories == ("parks",)
    assert bundle.read_area("toytown").name == town().area.name
    assert story_shelf.find("toytown", "parks") == PARKS


def test_stories_and_decisions_that_are_there_without_an_area_stay(packed, there):
    story_shelf.keep("toytown", "parks", Story("Ours", PARKS.steps))
    decisions.keep("toytown", Decision("nsr", "2", "leave_out"))
    done = unpack(packed)
    assert done.kept == ("stories/parks.toml", "decisions.toml")
    assert story_shelf.find("toytown", "parks").title == "Ours"
    assert list(decisions.read("toytown")[0]) == [("nsr", "2")]


def traversing(name):
    return lambda files, listed: put(files, listed, name, b"x")


def changed_table(files, listed):
    files["area/homes.parquet"] = files["area/homes.parquet"][:-1] + b"\x00"


def other_code(files, listed):
    listed["code"] = "oslo"


def hostile_code(files, listed):
    listed["code"] = "../x"


def unlisted(files, listed):
    files["area/backdrop2.parquet"] = b"x"


def lacking(files, listed):
    del files["area/homes.parquet"]


def no_table(files, listed):
    put(files, listed, "area/homes.parquet", b"PAR1 no table PAR1")


def lies_of_size(files, listed):
    listed["files"][0]["bytes"] = 3


def too_large(files, listed):
    listed["files"][0]["bytes"] = MOST_BYTES_UNPACKED + 1


def less_than_nothing(files, listed):
    listed["files"][0]["bytes"] = -1


def twice(files, listed):
    listed["files"].append(listed["files"][0])


def bad_story(files, listed):
    put(files, listed, "stories/parks.toml", b"steps = []")


def no_list(files, listed):
    listed["files"] = "all"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        *(
            (traversing(name), "damaged or cut short")
            for name in (
                "../evil",
                "/etc/evil",
                "area/../../evil",
                "area\\..\\evil.toml",
                "C:/evil.toml",
                "stories/../evil.toml",
                "stories/con.toml",
                "area/evil.py",
                "stories/a/b.toml",
            )
        ),
        *(
            (change, "damaged or cut short")
            for change in (
                changed_table,
                other_code,
                hostile_code,
                unlisted,
                lacking,
                no_table,
                lies_of_size,
                too_large,
                less_than_nothing,
                twice,
                no_list,
            )
        ),
        (bad_story, "parks.toml is no story"),
        (lambda _, listed: listed.update(pack="2.0"), "newer version"),
        (lambda _, listed: listed.update(area="99.0"), "newer version"),
        (lambda _, listed: listed.update(area="1.0"), "older version"),
        (lambda _, listed: listed.update(pack="x"), "damaged or cut short"),
    ],
)
def test_a_pack_that_is_not_what_it_says_leaves_nothing(packed, there, tmp_path, change, said):
    kept = bundle.write(town(name="Another"))
    before = {file: file.read_bytes() for file in kept.iterdir()}
    outside = {*tmp_path.iterdir()}
    with pytest.raises(SourceError, match=said):
        unpack(rewritten(packed, change), replace=True)
    assert {file: file.read_bytes() for file in kept.iterdir()} == before
    assert not list(there.rglob("*evil*"))
    assert {*tmp_path.iterdir()} == outside
    assert not [one for one in (there / "areas").iterdir() if one.name.startswith(".new-")]
    assert story_shelf.names("toytown") == []


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"x" * 1000, b"PK\x05\x06" + bytes(18)]
)
def test_what_is_no_pack_is_said_to_be_none(there, tmp_path, content):
    file = tmp_path / "a.moteplass"
    file.write_bytes(content)
    with pytest.raises(SourceError, match=r"a\.moteplass"):
        unpack(file)
    with pytest.raises(SourceError, match=r"There is no file .*b\.moteplass"):
        unpack(tmp_path / "b.moteplass")
    with pytest.raises(SourceError, match="cannot be read"):
        unpack(tmp_path)


def test_a_pack_cut_short_or_with_a_flipped_byte_is_never_taken_for_whole(packed, there):
    whole = packed.read_bytes()
    for n in range(0, len(whole), max(1, len(whole) // 25)):
        for content in (whole[:n], whole[:n] + bytes([whole[n] ^ 0x55]) + whole[n + 1 :]):
            packed.write_bytes(content)
            try:
                unpack(packed, replace=True)
            except MoteplassError:
                continue
            assert bundle.read("toytown").area == town().area  # a byte nobody reads


def test_an_order_goes_along_only_without_paths(here, tmp_path, monkeypatch):
    bundle.write(town(), Order("toytown", number="1804", services=True))
    packed = pack("toytown", tmp_path).file
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "there"))
    unpack(packed)
    assert order_of("toytown").number == "1804"

    def reads_our_files(files, listed):
        order = {"code": "toytown", "files": ["/etc/passwd"]}
        told = tomli_w.dumps({"digest": "x", "order": order}).encode()
        put(files, listed, "area/order.toml", told)

    unpack(rewritten(packed, reads_our_files), replace=True)
    assert order_of("toytown") is None

    monkeypatch.setenv("MOTEPLASS_HOME", str(here))
    (tmp_path / "a.osm").write_text("x")
    bundle.write(town(), Order("toytown", osm=tmp_path / "a.osm"))
    with zipfile.ZipFile(pack("toytown", tmp_path).file) as told:
        assert "area/order.toml" not in told.namelist()
        assert str(tmp_path).encode() not in b"".join(map(told.read, told.namelist()))


def test_a_pack_that_cannot_be_written_leaves_the_earlier_one(packed, monkeypatch, tmp_path):
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "here"))
    before = packed.read_bytes()

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(ExportError, match="No space left"):
        pack("toytown", packed)
    assert packed.read_bytes() == before
    assert not list(tmp_path.glob(".new-*"))


def test_the_commands_say_what_they_did(here, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MOTEPLASS_LANGUAGE", "en")
    story = tmp_path / "mine.toml"
    story.write_bytes(written(Story("Mine", PARKS.steps)))
    out = tmp_path / "out" / "toytown.moteplass"
    assert main(["pack", "toytown", "--story", str(story), "--out", str(out)]) == 0
    assert f"is packed in {out}" in (told := capsys.readouterr().out)
    assert "with 2 stories" in told
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "there"))
    assert main(["unpack", str(out)]) == 0
    assert "is in its place, with 2 stories." in capsys.readouterr().out
    assert story_shelf.find("toytown", "mine").title == "Mine"
    assert main(["unpack", str(out)]) == 1
    assert "Say --replace" in capsys.readouterr().err
    assert main(["unpack", str(out), "--replace"]) == 0
    assert main(["pack", "nowhere"]) == 1
    assert main(["pack", "toytown", "--story", str(tmp_path / "none.toml")]) == 1
    assert not list(Path.cwd().glob("*.moteplass"))
