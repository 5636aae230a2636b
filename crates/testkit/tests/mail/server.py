"""A mail server for tests: STARTTLS with the given certificate, one user, and a line of JSON for each message taken.

It prints its port first. Recipients decide: `grey...` is put off once, `nobody...` is refused by name.
"""

import asyncio
import json
import ssl
import sys
from email import message_from_bytes
from email.policy import default

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Handler:
    def __init__(self):
        self.put_off = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody"):
            return f"550 5.1.1 <{address}> is not known here"
        if address.startswith("grey") and address not in self.put_off:
            self.put_off.add(address)
            return f"450 4.7.1 <{address}> greylisted, try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = message_from_bytes(envelope.content, policy=default)
        parts = {part.get_content_type(): part.get_content() for part in message.walk() if not part.is_multipart()}
        told = {
            "to": envelope.rcpt_tos,
            "headers": [[name, str(value)] for name, value in message.items()],
            "parts": parts,
            "is_secret": session.ssl is not None,
            "is_authenticated": session.authenticated,
        }
        print(json.dumps(told), flush=True)
        return "250 OK"


def authenticator(server, session, envelope, mechanism, data):
    known = isinstance(data, LoginPassword) and (data.login, data.password) == (b"unisono", b"canary-password")
    # Not handled: the server itself says 535.
    return AuthResult(success=known, handled=False)


async def main(certificate, key):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    handler = Handler()

    def talk():
        return SMTP(
            handler,
            tls_context=context,
            require_starttls=True,
            auth_required=True,
            auth_require_tls=True,
            authenticator=authenticator,
        )

    server = await asyncio.get_running_loop().create_server(talk, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main(*sys.argv[1:]))
