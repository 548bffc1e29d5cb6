"""Keys as objects: the forms of JSON Schema that Pydantic writes for a type become one type of value."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field
from stufenweise.model.kinds import AGREEMENT, KINDS, LEADER_CARD, TUTORIAL
from stufenweise.reference import key_schemas
from stufenweise.reference.json_schemas import SCHEMAS
from stufenweise.reference.key_schemas import KeySchema, ValueSchema, file_schema, schema_name


class Part(BaseModel):
    place: str


class Whole(BaseModel):
    optional: Annotated[int, Field(ge=1, le=5)] | None = None
    either: int | str
    day: datetime.date
    parts: tuple[Part, ...] = ()
    words: dict[str, Literal["a", "b"]]


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> dict[str, KeySchema]:
    schema = Whole.model_json_schema(ref_template="#/definitions/{model}")
    schema["definitions"] = schema.pop("$defs")
    monkeypatch.setattr(key_schemas, "json_schema", lambda *_: schema)
    return {key.name: key for key in file_schema("whole").keys}


def test_a_key_that_may_be_null_has_the_limits_of_its_value(keys: dict[str, KeySchema]) -> None:
    key = keys["optional"]
    assert key.value == ValueSchema(type="integer", minimum=1, maximum=5)
    assert (key.is_required, key.has_default, key.default, key.example) == (False, True, None, None)


def test_each_type_is_told(keys: dict[str, KeySchema]) -> None:
    assert keys["either"].value == ValueSchema(
        type="any", alternatives=(ValueSchema(type="integer"), ValueSchema(type="text"))
    )
    assert keys["day"].value == ValueSchema(type="date")
    assert keys["parts"].value == ValueSchema(type="list", items=ValueSchema(type="entry", entry="Part"))
    assert keys["words"].value == ValueSchema(type="map", items=ValueSchema(type="choice", choices=("a", "b")))
    assert keys["words"].is_required


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_entry_that_a_key_names_is_there(name: str) -> None:
    schema = file_schema(name, "en")
    named = {value.entry for key in schema.keys for value in (key.value, key.value.items) if value and value.entry}
    assert named <= schema.entries.keys()


def test_every_kind_has_a_schema() -> None:
    assert {schema_name(kind) for kind in KINDS} <= SCHEMAS.keys()
    assert schema_name(AGREEMENT) == schema_name(LEADER_CARD) == "form"
    assert schema_name(TUTORIAL) == "tutorial"
