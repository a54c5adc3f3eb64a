"""The states of tabs that processes share through Redis, after it was away."""

import asyncio

from reflex.istate.manager import StateManager
from reflex.istate.manager.redis import StateManagerRedis, enable_keyspace_notifications


async def hear_releases(states: StateManager) -> None:
    """Let processes hear again when one of them gives a tab's state back, or wants one.

    A Redis that starts anew no longer knows that it was asked to tell of it, and Reflex asks once:
    who wants a state that another process holds would wait ten seconds, until its lock runs out.

    Raises:
        redis.RedisError: Redis is away again.
    """
    if isinstance(states, StateManagerRedis):
        await enable_keyspace_notifications(states.redis)


async def give_back(states: StateManager) -> None:
    """Write what this process holds of tabs' states, and let another process have them."""
    leases = tuple(getattr(states, "_local_leases", {}).values())
    for lease in leases:
        lease.cancel()
    await asyncio.gather(*leases, return_exceptions=True)
