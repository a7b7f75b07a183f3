"""The role manager answers in the size of what a name reaches, and keeps nothing of what it is asked."""

from __future__ import annotations

from authz.roles import LinearRoles


def test_a_name_reaches_its_roles_and_theirs_and_itself() -> None:
    roles = LinearRoles()
    roles.add_link("user:a", "partner:CDC")
    roles.add_link("partner:CDC", "kind:partner")
    assert roles.reach("user:a") == {"user:a", "partner:CDC", "kind:partner"}
    assert roles.has_link("user:a", "kind:partner")
    assert not roles.has_link("kind:partner", "user:a")
    assert roles.members("kind:partner") == {"kind:partner", "partner:CDC", "user:a"}


def test_a_link_holds_in_its_own_domain_only() -> None:
    roles = LinearRoles()
    roles.add_link("user:a", "profile:entry", "MIN/ER")
    assert roles.has_link("user:a", "profile:entry", "MIN/ER")
    assert not roles.has_link("user:a", "profile:entry", "MIN/QDIS")
    assert not roles.has_link("user:a", "profile:entry")
    assert roles.members("profile:entry", "MIN/QDIS") == {"profile:entry"}


def test_a_default_stands_where_a_name_has_nothing_of_its_own() -> None:
    roles = LinearRoles()
    for name, role, domain in (
        ("user:a", "profile:entry", "MIN/*"),
        ("user:b", "profile:entry", "MIN/*"),
        ("user:b", "profile:none", "MIN/ER"),
    ):
        roles.add_link(name, role, domain)
    assert roles.reach("user:a", "MIN/LATER") == roles.reach("user:a", "MIN/*") == {"user:a", "profile:entry"}
    assert roles.reach("user:b", "MIN/ER") == {"user:b", "profile:none"}
    assert roles.members("profile:entry", "MIN/ER") == {"profile:entry", "user:a"}
    assert roles.members("profile:entry", "MIN/LATER") == {"profile:entry", "user:a", "user:b"}
    assert roles.reach("user:a", "ESH/ER") == {"user:a"}
    # Asked before and after: what is remembered is not in the way, nor is the other manager's.
    later = roles.copied()
    later.delete_link("user:b", "profile:none", "MIN/ER")
    assert later.has_link("user:b", "profile:entry", "MIN/ER")
    assert not roles.has_link("user:b", "profile:entry", "MIN/ER")


def test_a_circle_of_links_ends() -> None:
    roles = LinearRoles()
    for name, role in (("a", "b"), ("b", "c"), ("c", "a")):
        roles.add_link(name, role)
    assert roles.reach("a") == roles.members("a") == {"a", "b", "c"}


def test_a_link_added_later_is_seen_by_a_name_already_asked_about() -> None:
    roles = LinearRoles()
    roles.add_link("user:a", "partner:CDC")
    assert not roles.has_link("user:a", "kind:partner")
    roles.add_link("partner:CDC", "kind:partner")
    assert roles.has_link("user:a", "kind:partner")


def test_unknown_names_leave_nothing_behind() -> None:
    roles = LinearRoles()
    roles.add_link("user:a", "profile:entry", "MIN/ER")
    before = len(roles)
    for number in range(10_000):
        assert not roles.has_link(f"user:{number}", "profile:entry", "MIN/ER")
        assert not roles.has_link("user:b", "profile:entry", f"MIN/{number}")
        assert roles.members(f"profile:{number}", "MIN/ER") == {f"profile:{number}"}
    assert len(roles) == before


def test_ten_thousand_users_cost_ten_thousand_links() -> None:
    roles = LinearRoles()
    for number in range(10_000):
        roles.add_link(f"user:{number}", "profile:entry", "MIN/ER")
    assert roles.has_link("user:9999", "profile:entry", "MIN/ER")
    # Casbin's own manager would by now hold a copy of every link; here: the links, and one answer.
    assert len(roles) == 10_001


def test_an_empty_manager_is_asked_all_the_same() -> None:
    # Casbin takes a falsy manager for none at all, and then compares the two names.
    assert LinearRoles()
