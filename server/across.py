"""Which statements a request may send as the owner of the tables, and why: all others are kept to the asker's workspaces.

The row guard (models/guard.py) holds every statement of a request that is not named here. docs/security.md shows this table;
tests/guard/test_across.py runs every operation of the schema and finds that nothing else is sent past the guard.
"""

from collections.abc import Mapping

# Why → the statements, as server/statement_names.py calls them.
BEFORE_IT_IS_KNOWN_WHO = (
    "Who asks is not known before it: a credential, a password, an identity or a link is looked up by itself"
)
ONES_OWN_ACCOUNT = "It is about an account, which is of no workspace: its sessions, its password, its name"
NOT_YET_ONES_OWN = "The workspace is not the asker's yet: it is made, or an invitation to it is opened by its secret"
INSTALLATION = "It is about the accounts of the installation, for its admins, who see no workspace by it"
COUNTING = "It counts attempts, of whoever makes them"
KEYS = "It remembers the answers to Idempotency-Key, by who asked"
NOBODY_ASKS = "Nobody asks: a clock, a worker, the end of a lease, retention, a call that comes back"
MANY_AT_ONCE = "One statement asks for all requests that wait: what it tells each is sealed, or read again by the guard"

ACROSS: Mapping[str, tuple[str, ...]] = {
    BEFORE_IT_IS_KNOWN_WHO: (
        *("auth.account_by_email", "auth.account_by_identity", "auth.first_account_alone", "auth.has_accounts"),
        *("auth.insert_user", "auth.is_invited", "auth.link_identity", "auth.distrust_account", "auth.open_session"),
        *("auth.refresh", "auth.refresh_token_used", "auth.open_reset", "auth.use_reset", "auth.request_reset"),
        *("auth.record_event", "auth.same_work", "auth.set_password_hash"),
    ),
    ONES_OWN_ACCOUNT: (
        *("auth.own_password", "auth.change_password", "auth.update_profile", "auth.lock_workspaces_of"),
        *("auth.session_holds", "auth.sessions_of", "auth.revoke_session", "auth.revoke_sessions"),
    ),
    NOT_YET_ONES_OWN: (
        *("auth.found_workspace", "auth.open_invitation", "auth.lock_workspace", "auth.accept_invitation"),
    ),
    INSTALLATION: ("auth.is_instance_admin", "auth.users", "auth.set_disabled", "auth.put_password"),
    COUNTING: (
        *("auth.throttle_account", "auth.throttle_address", "auth.throttle_left", "auth.throttle_give_back"),
        "auth.throttle_forget",
    ),
    KEYS: tuple(f"{verb} idempotency_keys" for verb in ("insert", "select", "update", "delete")),
    NOBODY_ASKS: (
        *("engine.scan_due", "engine.complete_due", "engine.resume_due", "engine.log_append"),
        *(
            "engine.work_claim",
            "engine.work_checkpoint",
            "engine.work_dispatch",
            "engine.work_end",
            "engine.work_sweep",
        ),
        *(
            "engine.work_heartbeat",
            "engine.work_hold",
            "engine.work_let_go",
            "engine.work_silence",
            "engine.work_waits",
            "engine.work_watch",
        ),
        *("engine.callback_awaited", "engine.callback_find", "engine.callback_keep", "engine.retain_attempts"),
        *("engine.retain_finished", "engine.retain_keys", "engine.retain_password_resets", "engine.retain_sessions"),
        *("engine.retain_refresh_tokens", "engine.retain_tombstones"),
    ),
    MANY_AT_ONCE: ("auth.authenticate", "auth.note_use", "engine.changed"),
}
