"""Everything about one object, for whoever looks at it."""

import numpy as np

from huntui.engine.face import ObjectDetail
from huntui.night.view import NightView


def describe_object(view: NightView, object_id: str) -> ObjectDetail | None:
    """Return an object's merged light curve and the values of its newest alert; None for an object there is not."""
    rows = view.rows_of(object_id)
    if not len(rows):
        return None
    newest = int(rows[-1])
    values = {name: view.value(name, newest) for name in view.columns}
    return ObjectDetail(object_id, view.light_curve(np.asarray(rows)), values)
