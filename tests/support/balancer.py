"""What stands in front of several bots: a proxy that hands each connection to the next of them."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

HOST = "127.0.0.1"
CHUNK = 65536


class Balancer:
    """Takes the ports of bots in turn, leaving out those where nobody listens."""

    def __init__(self, ports: Sequence[int]) -> None:
        self._ports = [*ports]
        self.connections = dict.fromkeys(ports, 0)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection to a bot and back."""
        for _ in self._ports:
            port = self._ports.pop(0)
            self._ports.append(port)
            with suppress(ConnectionError):
                answer, request = await asyncio.open_connection(HOST, port)
                self.connections[port] += 1
                async with asyncio.TaskGroup() as both:
                    both.create_task(_carry(reader, request))
                    both.create_task(_carry(answer, writer))
                return
        writer.close()


async def _carry(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await source.read(CHUNK):
            target.write(data)
            await target.drain()
    target.close()


@asynccontextmanager
async def balanced(port: int, ports: Sequence[int]) -> AsyncIterator[Balancer]:
    """Listen at a port for the bots at others until the block ends."""
    balancer = Balancer(ports)
    async with await asyncio.start_server(balancer.serve, HOST, port):
        yield balancer
