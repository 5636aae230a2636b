"""A listener that knows nothing but docs/signalling.md: aiortc's WebRTC, aiohttp's WebSocket, and no code of ours.

Usage: listener.py LINK SECONDS. It joins by the link, proves that it has the link's secret, records SECONDS of sound,
says as one line of JSON what it heard, and leaves when its input ends.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import re
import secrets
import sys
from urllib.parse import urlsplit

import aiohttp
import aioice.ice
import numpy
from aiortc import RTCConfiguration, RTCIceServer, RTCPeerConnection, RTCSessionDescription
from aiortc.sdp import candidate_from_sdp

# aioice leaves loopback out, and some of the namespaces of these tests have nothing else.
found_addresses = aioice.ice.get_host_addresses
aioice.ice.get_host_addresses = lambda **families: found_addresses(**families) or ["127.0.0.1"]

VERSION = 1
RATE_HZ = 48_000
SECRET_BYTES = 16
NONCE_BYTES = 16
# The jitter buffer fills and the codec finds its feet in the first moments.
SKIPPED_SECONDS = 0.5
# Generous: a busy machine is no fault of the caster.
LIMIT_SECONDS = 60


def to_text(data):
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def to_bytes(text):
    """The bytes of base64url without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def fingerprints(sdp):
    """Every certificate fingerprint in a description: algorithm and bytes."""
    found = re.findall(r"^a=fingerprint:(\S+) (\S+)\s*$", sdp, re.MULTILINE)
    return [(name.lower(), bytes.fromhex(value.replace(":", ""))) for name, value in found]


class Link:
    """The address that a QR code holds."""

    def __init__(self, text):
        parts = urlsplit(text)
        self.socket = f"ws://{parts.netloc}/api/v1/socket"
        self.code = parts.path.rsplit("/", 1)[-1]
        fragment = to_bytes(parts.fragment)
        self.secret = fragment[:SECRET_BYTES]
        self.fingerprint = fragment[SECRET_BYTES:]


class Listener:
    """One listening, from joining to the record of what came."""

    def __init__(self, link, socket):
        self.link = link
        self.socket = socket
        self.peer = None
        self.channel = None
        self.caster = None
        self.own_fingerprint = None
        self.commitment = None
        self.track = asyncio.get_running_loop().create_future()
        self.checks = {"caster_proof": None, "caster_nonce": None}
        self.now = None

    async def say(self, **message):
        """Says a message to the server."""
        await self.socket.send_str(json.dumps(message))

    async def hear(self):
        """Follows the server until the socket ends."""
        async for frame in self.socket:
            message = json.loads(frame.data)
            kind = message["kind"]
            if kind == "joined" and "welcome" in message:
                self.enter(message["welcome"])
            elif kind == "offer" and message["from"] == self.caster:
                await self.answer(message["sdp"])
            elif kind == "candidate":
                await self.add_candidate(message)
            elif kind == "error":
                raise RuntimeError(f"the server says {message['code']}: {message['message']}")

    def enter(self, welcome):
        """Makes ready for the caster's offer. The servers are those of the room and no others."""
        self.caster = next(one["id"] for one in welcome["members"] if one["role"] == "caster")
        servers = [RTCIceServer(**server) for server in welcome["ice_servers"]]
        self.peer = RTCPeerConnection(RTCConfiguration(iceServers=servers))
        self.peer.on("track", self.track.set_result)
        self.peer.on("datachannel", self.adopt)

    async def answer(self, sdp):
        """Accepts an offer of the device that made the link, and of no other."""
        offered = fingerprints(sdp)
        if not offered or any(one != ("sha-256", self.link.fingerprint) for one in offered):
            raise RuntimeError("the offer is not from the device that made the link")
        await self.peer.setRemoteDescription(RTCSessionDescription(sdp=sdp, type="offer"))
        await self.peer.setLocalDescription(await self.peer.createAnswer())
        answer = in_stereo(only_sha256(self.peer.localDescription.sdp))
        self.own_fingerprint = fingerprints(answer)[0][1]
        await self.say(kind="answer", to=self.caster, sdp=answer)
        await self.say(kind="end-of-candidates", to=self.caster)

    async def add_candidate(self, message):
        """Takes a candidate of the caster."""
        text = message["candidate"].removeprefix("a=").removeprefix("candidate:")
        if not text or " tcp " in text:
            return
        candidate = candidate_from_sdp(text)
        candidate.sdpMid = message["mid"]
        await self.peer.addIceCandidate(candidate)

    def adopt(self, channel):
        """Proves the link's secret as soon as the channel is there."""
        assert channel.label == "unisono/1", channel.label
        self.channel = channel
        channel.on("message", self.told)
        self.tell(t="proof", mac=to_text(self.proof("listener")))

    def tell(self, **message):
        """Says a message to the caster."""
        self.channel.send(json.dumps(message))

    def told(self, text):
        """Answers what the caster says on the channel."""
        message = json.loads(text)
        kind = message["t"]
        if kind == "proof":
            self.checks["caster_proof"] = to_bytes(message["mac"]) == self.proof("caster")
        elif kind == "commit":
            self.commitment = to_bytes(message["hash"])
            self.tell(t="nonce", nonce=to_text(secrets.token_bytes(NONCE_BYTES)))
        elif kind == "nonce":
            opened = hashlib.sha256(b"unisono/1 commit\0" + to_bytes(message["nonce"])).digest()
            self.checks["caster_nonce"] = opened == self.commitment
        elif kind == "now":
            self.now = message

    def proof(self, role):
        """What shows that `role` has the link's secret, on this very connection."""
        text = f"unisono/1 proof {role}\0".encode() + self.link.fingerprint + self.own_fingerprint
        return hmac.digest(self.link.secret, text, "sha256")

    async def record(self, seconds):
        """The next seconds of sound: one row for each channel."""
        track = await self.track
        wanted = int((SKIPPED_SECONDS + seconds) * RATE_HZ)
        parts, count = [], 0
        while count < wanted:
            frame = await track.recv()
            assert frame.sample_rate == RATE_HZ and frame.layout.name == "stereo", frame
            samples = frame.to_ndarray().reshape(-1, 2).T
            parts.append(samples)
            count += samples.shape[1]
        return numpy.concatenate(parts, axis=1)[:, int(SKIPPED_SECONDS * RATE_HZ) : wanted]


def only_sha256(sdp):
    """aiortc also names its certificate by longer hashes, which our protocol does not take."""
    return re.sub(r"^a=fingerprint:(?!sha-256 ).*\r\n", "", sdp, flags=re.MULTILINE)


def in_stereo(sdp):
    """Asks for two channels of Opus (RFC 7587); a browser sends one otherwise."""
    payload = re.search(r"^a=rtpmap:(\d+) opus/48000/2", sdp, re.MULTILINE).group(1)
    bare = re.sub(rf"^a=fmtp:{payload} .*\r\n", "", sdp, flags=re.MULTILINE)
    wish = rf"\g<0>\r\na=fmtp:{payload} minptime=10;useinbandfec=1;stereo=1;sprop-stereo=1"
    return re.sub(rf"^a=rtpmap:{payload} opus/48000/2", wish, bare, flags=re.MULTILINE)


def strongest_hz(samples):
    """The frequency with the most energy, to about a third of a Hz in three seconds."""
    spectrum = numpy.abs(numpy.fft.rfft(samples * numpy.hanning(len(samples))))
    return float(numpy.argmax(spectrum) * RATE_HZ / len(samples))


def share_of(samples, hz):
    """Which share of the energy lies within 20 Hz of `hz`."""
    spectrum = numpy.abs(numpy.fft.rfft(samples * numpy.hanning(len(samples)))) ** 2
    frequencies = numpy.fft.rfftfreq(len(samples), 1 / RATE_HZ)
    return float(spectrum[numpy.abs(frequencies - hz) < 20].sum() / spectrum.sum())


def describe(samples):
    """What one channel holds."""
    values = samples.astype(float) / 32768
    hz = strongest_hz(values)
    rms = float(numpy.sqrt(numpy.mean(values**2)))
    return {"hz": hz, "share": share_of(values, hz), "rms": rms}


async def listen(link, seconds):
    """Joins, records and reports; leaves when the input ends."""
    async with aiohttp.ClientSession() as session, session.ws_connect(link.socket) as socket:
        listener = Listener(link, socket)
        await listener.say(
            kind="join", version=VERSION, code=link.code, device={"form": "speaker", "name": "aiortc"}
        )
        following = asyncio.create_task(listener.hear())
        recording = asyncio.create_task(listener.record(seconds))
        tasks = [following, recording]
        done, _ = await asyncio.wait(tasks, timeout=LIMIT_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        if following in done:
            following.result()
            raise RuntimeError("the server closed the socket")
        if recording not in done:
            raise RuntimeError(f"no sound within {LIMIT_SECONDS} s")
        left, right = recording.result()
        report = {"left": describe(left), "right": describe(right), "now": listener.now, **listener.checks}
        print(json.dumps(report), flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
        await listener.say(kind="leave")
        following.cancel()
        await listener.peer.close()


if __name__ == "__main__":
    asyncio.run(listen(Link(sys.argv[1]), float(sys.argv[2])))
