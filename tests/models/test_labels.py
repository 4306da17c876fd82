"""Labels from files and objects, and the targets that they are gathered under."""

from pathlib import Path

import numpy as np
import pytest

from huntui.errors import LabelError
from huntui.models.labels import OTHER, Target, aimed, of_objects, parse_target, read_labels

CANDIDS = np.array([3, 1, 2, 9], np.int64)


def written(folder: Path, text: str) -> Path:
    """Write a file of labels."""
    path = folder / "labels.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_gives_each_candid_its_class_whatever_else_is_in_it(tmp_path: Path) -> None:
    """Columns may come in any order, and those that are not known are left alone; a byte-order mark is no letter."""
    path = written(tmp_path, "\ufeffclass,ra,candid\nsupernova,10,1\nother,11,2\n,12,3\n")
    labels = read_labels(path)
    assert labels.of(CANDIDS).tolist() == ["", "supernova", "other", ""]
    assert len(labels) == 2
    assert labels.origin == "the file labels.csv"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,class\n1,a\n", "begins with the line candid,class; this one has id, class"),
        ("", "this one has nothing"),
        ("candid,class\nZTF24,a\n", "line 2: 'ZTF24' is no candid"),
        ("candid,class\n-5,a\n", "line 2: '-5' is no candid"),
        ("candid,class\n1,a\n2,b\n1,b\n", "line 4: candid 1 is 'b' here and 'a' above"),
        ("candid,class\n1,a\x1b[31m\n", "line 2: a class is a line"),
        ("candid,class\n" + "".join(f"{k},class {k}\n" for k in range(300)), "line 202: there are more than 200"),
    ],
)
def test_a_file_that_is_no_file_of_labels_is_refused_with_the_line(tmp_path: Path, text: str, said: str) -> None:
    """The sentence names the file, and the line where something is wrong."""
    path = written(tmp_path, text)
    with pytest.raises(LabelError) as refused:
        read_labels(path)
    assert str(path) in str(refused.value)
    assert said in str(refused.value)


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    """Neither is a mistake of huntui."""
    with pytest.raises(LabelError, match="cannot be read: No such file"):
        read_labels(tmp_path / "none.csv")
    (tmp_path / "image.csv").write_bytes(b"\xff\xd8\xff\xe0\x00")
    with pytest.raises(LabelError, match="no CSV file"):
        read_labels(tmp_path / "image.csv")


def test_all_alerts_of_a_labelled_object_have_its_class() -> None:
    """An object without a class gives its alerts none."""
    labels = of_objects(CANDIDS, ["a", "b", "a", "c"], {"a": "supernova", "c": ""}, "claims")
    assert labels.of(CANDIDS).tolist() == ["supernova", "", "supernova", ""]


def test_targets_gather_classes_and_the_rest_is_other() -> None:
    """A pattern takes several classes; what has no class keeps none."""
    classes = np.array(["supernova Ia", "AGN", "", "supernova II", "Mira"])
    found = aimed(classes, [Target("supernova", ("supernova *",)), Target("active", ("AGN", "blazar"))])
    assert found.tolist() == ["supernova", "active", "", "supernova", OTHER]
    assert aimed(classes, []).tolist() == classes.tolist()


def test_a_target_that_nothing_means_or_that_two_share_is_refused() -> None:
    """The sentence lists the labels there are."""
    classes = np.array(["supernova Ia", "AGN"])
    with pytest.raises(LabelError, match="No label is 'comet'; the labels are AGN, supernova Ia"):
        aimed(classes, [Target("comet", ("comet",))])
    with pytest.raises(LabelError, match="taken by two targets, one and two"):
        aimed(classes, [Target("one", ("AGN",)), Target("two", ("*",))])


@pytest.mark.parametrize("text", ["", "=", "a=", "=b", "a=,", "a\x1b=b"])
def test_a_target_is_a_name_and_classes(text: str) -> None:
    """`NAME=CLASS,CLASS`, or a name alone, which is the class as well; nothing else is one."""
    assert parse_target("sn = supernova *, kilonova-like") == Target("sn", ("supernova *", "kilonova-like"))
    assert parse_target("AGN") == Target("AGN", ("AGN",))
    with pytest.raises(LabelError, match="is no target"):
        parse_target(text)
