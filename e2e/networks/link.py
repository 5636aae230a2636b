"""A slow, unsteady, lossy link between two network namespaces, in user space: the kernel may lack `tc netem`.

    link.py <namespace> <device> <namespace> <device> <delay ms> <jitter ms> <loss percent> <seed>

It makes a TUN device in each namespace and carries packets between them: each way every packet is late by the delay,
give or take the jitter, and in order, as on one radio link; some are lost. It says "ready" once both devices are there,
and ends with its standard input.
"""

import ctypes
import fcntl
import heapq
import os
import random
import select
import struct
import sys
import time

# linux/if_tun.h and linux/sched.h
TUNSETIFF = 0x400454CA
IFF_TUN_WITHOUT_HEADER = 0x1001
CLONE_NEWNET = 0x40000000
PACKET_BYTES_MAX = 65536
# A link that is asked to hold more drops what comes, as a router would.
HELD_MAX = 20_000

libc = ctypes.CDLL(None, use_errno=True)


def enter(namespace):
    handle = os.open(f"/run/netns/{namespace}", os.O_RDONLY)
    if libc.setns(handle, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), f"setns {namespace}")
    os.close(handle)


def tun(namespace, device):
    enter(namespace)
    end = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(end, TUNSETIFF, struct.pack("16sH22x", device.encode(), IFF_TUN_WITHOUT_HEADER))
    return end


def carry(ends, delay_s, jitter_s, loss, chance):
    other = {ends[0]: ends[1], ends[1]: ends[0]}
    last_due = dict.fromkeys(ends, 0.0)
    held = []
    count = 0
    while True:
        wait = max(0.0, held[0][0] - time.monotonic()) if held else None
        readable, _, _ = select.select([*ends, sys.stdin], [], [], wait)
        if sys.stdin in readable and not os.read(sys.stdin.fileno(), 1):
            return
        now = time.monotonic()
        for end in ends:
            while end in readable:
                try:
                    packet = os.read(end, PACKET_BYTES_MAX)
                except (BlockingIOError, OSError):
                    break
                if len(held) >= HELD_MAX or chance.random() < loss:
                    continue
                due = max(last_due[end], now + delay_s + chance.uniform(-jitter_s, jitter_s))
                last_due[end] = due
                count += 1
                heapq.heappush(held, (due, count, other[end], packet))
        while held and held[0][0] <= time.monotonic():
            _, _, end, packet = heapq.heappop(held)
            try:
                os.write(end, packet)
            except OSError:
                # The device is down, or its queue is full: lost, as on any link.
                pass


def main():
    first, first_device, second, second_device, *figures = sys.argv[1:]
    delay_ms, jitter_ms, loss_percent, seed = map(float, figures)
    ends = [tun(first, first_device), tun(second, second_device)]
    print("ready", flush=True)
    carry(ends, delay_ms / 1000, jitter_ms / 1000, loss_percent / 100, random.Random(seed))


main()
