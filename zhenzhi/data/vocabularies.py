"""The words that columns of the data package allow, as ``datapackage.json`` has them, in its order."""

from zhenzhi.data.schema import read_descriptor

_FIELDS = {
    (resource["name"], field["name"]): field.get("constraints", {}).get("enum", [])
    for resource in read_descriptor()["resources"]
    for field in resource.get("schema", {}).get("fields", [])
}


def words(table: str, column: str) -> tuple[str, ...]:
    """The words that a column allows; none where it allows any.

    Raises:
        KeyError: there is no such column.
    """
    return tuple(_FIELDS[table, column])


RUNGS = words("claims", "rung")
KINDS = words("claims", "kind")
STATUSES = words("claims", "status")
LEVELS = words("places", "level")
DEGREES = words("instrument_evidence", "degree")
