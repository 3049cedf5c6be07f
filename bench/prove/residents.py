"""Who and what there is for the fuzzer to ask about: a workspace with someone in every role, by session and by token, and tasks."""

import json
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from bench.prove.raw import Raw
from gql.ids import NodeType, key_of
from models.database import Database
from models.role import Role

Exchange = Callable[[Raw, str], Awaitable[tuple[int, dict[str, str], bytes]]]
PASSWORD = "correct horse battery staple"
OUTSIDER = "outsider"
_SIGN_UP = """mutation ($input: SignUpInput!) { signUp(input: $input) {
  accessToken user { id workspaces { workspace { id slug revision } } } } }"""
_TOKEN = """mutation ($id: ID!, $role: Role!) {
  createApiToken(workspaceId: $id, name: "fuzz", role: $role) { secret apiToken { id } } }"""
_TASKS = """mutation ($id: ID!, $inputs: [TaskInput!]!) { createTasks(workspaceId: $id, inputs: $inputs) { id } }"""
_INVITE = "mutation ($id: ID!) { inviteMember(workspaceId: $id, role: VIEWER) { token invitation { id } } }"
_JOIN = text("insert into memberships (workspace_id, user_id, role) values (:workspace, :person, cast(:role as role))")


@dataclass(frozen=True)
class Place:
    """Credentials by role, and values by the name of the argument that they are for."""

    tokens: Sequence[tuple[str, str]]
    known: Mapping[str, Sequence[Any]]


async def furnish(exchange: Exchange, db: Database, luck: random.Random) -> Place:
    """A new workspace, with people who have not been there before."""

    async def ask(query: str, token: str = "", **variables: Any) -> Any:
        headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {token}"} if token else {})
        body = json.dumps({"query": query, "variables": variables}).encode()
        address = f"10.{luck.randrange(256)}.{luck.randrange(256)}.{luck.randrange(256)}"
        _, _, answer = await exchange(Raw(content=body, headers=headers), address)
        told = json.loads(answer)
        assert "errors" not in told, told
        return told["data"]

    emails = {name: f"{name}-{luck.getrandbits(60)}@example.com" for name in (*Role, OUTSIDER)}
    people: dict[str, Any] = {}
    for name, email in emails.items():
        account = {"email": email, "password": PASSWORD, "displayName": name.title()}
        people[name] = (await ask(_SIGN_UP, input=account))["signUp"]
    admin = people[Role.ADMIN]["accessToken"]
    place = people[Role.ADMIN]["user"]["workspaces"][0]["workspace"]
    workspace = key_of(NodeType.WORKSPACE, place["id"], "id")
    async with db.one() as connection:
        for name in (role for role in Role if role is not Role.ADMIN):
            person = key_of(NodeType.USER, people[name]["user"]["id"], "id")
            await connection.execute(_JOIN, {"workspace": workspace, "person": person, "role": name.value})
    made = [(await ask(_TOKEN, admin, id=place["id"], role=role.value))["createApiToken"] for role in Role]
    drafts = [{"title": f"Task {number}", "durationMs": 1000 + number, "labels": ["x"]} for number in range(20)]
    tasks = [row["id"] for row in (await ask(_TASKS, admin, id=place["id"], inputs=drafts))["createTasks"]]
    invited = (await ask(_INVITE, admin, id=place["id"]))["inviteMember"]
    tokens = [(name, person["accessToken"]) for name, person in people.items()]
    tokens += [(role, one["secret"]) for role, one in zip(Role, made, strict=True)]
    things = [*tasks, place["id"], invited["invitation"]["id"], *(one["apiToken"]["id"] for one in made)]
    persons = [person["user"]["id"] for person in people.values()]
    return Place(tokens, _known(place, tasks, things, persons, list(emails.values()), invited["token"]))


def _known(
    place: Mapping[str, str], tasks: list[str], things: list[str], people: list[str], emails: list[str], invitation: str
) -> Mapping[str, Sequence[Any]]:
    return {
        "workspaceId": [place["id"]],
        "id": [*things, *people],
        "ids": [*things, *people],
        "taskId": tasks,
        "userId": people,
        "createdBy": people,
        "slug": [place["slug"]],
        "since": [place["revision"], "1:1:"],
        "email": emails,
        "token": [invitation],
        "password": [PASSWORD, "x"],
        "kind": ["timer", "http", "x"],
        "durationMs": [1, 1000, 2**40],
        "first": [0, 1, 50, 100, 101],
        "expectedVersion": [1, 2, -1],
        "labels": ["x", "y"],
    }
