"""uvicorn's WebSocket, which also lets go of a client that is there but reads nothing.

uvicorn ends a socket that answers no ping by closing it, and that waits until the client has read
what was written: one that never reads would be held, with every answer queued for it, for ever.
"""

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol


class Sockets(WebSocketsSansIOProtocol):
    """Named by `--ws` where the server is started."""

    def keepalive_timeout(self) -> None:
        """Close, and wait for nothing more."""
        super().keepalive_timeout()
        self.transport.abort()
