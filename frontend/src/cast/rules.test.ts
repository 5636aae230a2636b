import { describe, expect, test } from 'vitest';
import { readAddress } from './address';
import { ClockOffset } from './clock';
import { deviceForm, isHandheld } from './device';
import { type HostRoom, parseHostRooms, withHostRoom } from './host-rooms';
import { endsSoon } from './ice';
import { LevelTracker, onMeter } from './level';
import { bitrateOf, LossLadder, ptimeFor } from './quality';
import { comeBackWait, PathKeeper, socketWait } from './retry';
import { nextCasterState, nextListenerState, type CasterEvent, type ListenerEvent } from './session';
import { type Abilities, faultOf, obstacleTo } from './sources';

describe('the wait before the next socket', () => {
  test('is random at first, doubles, and never passes eight seconds', () => {
    expect([0, 1, 2, 3, 40].map((tries) => socketWait(tries, 0))).toEqual([500, 1000, 2000, 4000, 8000]);
    expect(socketWait(0, 1)).toBe(2500);
    expect(socketWait(2, 1)).toBe(8000);
  });

  test('stays short for as long as a server takes to restart', () => {
    expect([0, 1, 5, 6, 7, 8, 40].map((tries) => comeBackWait(tries, 0))).toEqual([500, 500, 500, 1000, 2000, 4000, 8000]);
  });
});

describe('a path that is lost', () => {
  test('has a second to come back by itself', () => {
    const keeper = new PathKeeper();
    keeper.observe('disturbed', 0);
    expect(keeper.due(999)).toBe('nothing');
    keeper.observe('good', 999);
    expect(keeper.due(5000)).toBe('nothing');
  });

  test('is asked for at growing distances, and everything begins anew after 90 s', () => {
    const keeper = new PathKeeper();
    keeper.observe('broken', 0);
    const orders: [number, string][] = [];
    for (let now = 0; now <= 90_000; now += 500) {
      const order = keeper.due(now);
      if (order !== 'nothing') orders.push([now, order]);
    }
    expect(orders.slice(0, 6).map(([at]) => at)).toEqual([0, 500, 1500, 3500, 7500, 15_500]);
    expect(orders.at(-1)).toEqual([90_000, 'rejoin']);
    expect(keeper.since).toBeNull();
  });

  test('seen again and again, it is asked for no more often', () => {
    const keeper = new PathKeeper();
    const asked: number[] = [];
    for (let now = 0; now <= 20_000; now += 500) {
      keeper.observe('disturbed', now);
      if (keeper.due(now) === 'restart') asked.push(now);
    }
    expect(asked).toEqual([1000, 1500, 2500, 4500, 8500, 16_500]);
  });

  test('that was never there is waited for longer', () => {
    const keeper = new PathKeeper();
    keeper.observe('slow', 0);
    expect([keeper.due(11_999), keeper.due(12_000)]).toEqual(['nothing', 'restart']);
  });

  test('a new network asks once, though the old path still works', () => {
    const keeper = new PathKeeper();
    keeper.networkChanged();
    expect([keeper.due(0), keeper.due(500), keeper.due(90_000)]).toEqual(['restart', 'nothing', 'nothing']);
  });
});

describe('the bitrate of a listener', () => {
  const feed = (ladder: LossLadder, loss: number, times: number) => {
    for (let i = 0; i < times; i += 1) ladder.report(loss);
    return ladder.steps;
  };

  test('falls by two steps at most under lasting loss, and rises when it is clean', () => {
    const ladder = new LossLadder();
    expect(feed(ladder, 0.06, 4)).toBe(0);
    expect(feed(ladder, 0.06, 1)).toBe(1);
    expect(feed(ladder, 0.2, 60)).toBe(2);
    expect(feed(ladder, 0, 19)).toBe(2);
    expect(feed(ladder, 0, 21)).toBe(0);
  });

  test('short packets are for few listeners', () => {
    expect([ptimeFor(1), ptimeFor(4), ptimeFor(5), ptimeFor(16)]).toEqual([10, 10, 20, 20]);
  });

  test('one bad second changes nothing', () => {
    const ladder = new LossLadder();
    for (let i = 0; i < 50; i += 1) ladder.report(i % 4 === 0 ? 0.5 : 0);
    expect(ladder.steps).toBe(0);
  });

  test('is what the caster chose, or less', () => {
    expect([bitrateOf('voice', 0), bitrateOf('music', 0), bitrateOf('high', 0)]).toEqual([48_000, 128_000, 256_000]);
    expect(bitrateOf('music', 2)).toBe(48_000);
    expect(bitrateOf('voice', 2)).toBe(24_000);
  });
});

describe('the level', () => {
  test('a meter has 60 dB', () => {
    expect([onMeter(0), onMeter(0.001), onMeter(1), onMeter(2)]).toEqual([0, 0, 1, 1]);
    expect(onMeter(0.1)).toBeCloseTo(2 / 3);
  });

  test('the peak is held for 1.5 s and then falls', () => {
    const tracker = new LevelTracker(0);
    expect(tracker.observe(1, 0).peak).toBe(1);
    expect(tracker.observe(0.01, 1500).peak).toBe(1);
    expect(tracker.observe(0.01, 2000).peak).toBeLessThan(1);
    expect(tracker.observe(0.01, 60_000).peak).toBeCloseTo(onMeter(0.01));
  });

  test('ten seconds without sound are silence, and a sound ends it', () => {
    const tracker = new LevelTracker(0);
    expect(tracker.observe(0.0005, 9999).is_silent).toBe(false);
    expect(tracker.observe(0.0005, 10_000).is_silent).toBe(true);
    expect(tracker.observe(0.5, 10_050).is_silent).toBe(false);
  });
});

test('the clock offset is that of the fastest exchange', () => {
  const clock = new ClockOffset();
  clock.add(0, 1100, 1101, 201);
  clock.add(1000, 2005, 2005, 1010);
  clock.add(2000, 2100, 2900, 2000);
  expect(clock.best).toEqual({ offset_ms: 1000, rtt_ms: 10 });
});

describe('sources', () => {
  const laptop: Abilities = { is_secure: true, is_handheld: false, has_display_capture: true, has_tab_audio: true, has_microphone: true };

  test('a desktop Chromium on a secure page has all four', () => {
    expect((['tab', 'file', 'address', 'microphone'] as const).map((kind) => obstacleTo(kind, laptop))).toEqual([null, null, null, null]);
  });

  test('files and addresses play everywhere', () => {
    const nothing = { is_secure: false, is_handheld: true, has_display_capture: false, has_tab_audio: false, has_microphone: false };
    expect([obstacleTo('file', nothing), obstacleTo('address', nothing)]).toEqual([null, null]);
  });

  test('each obstacle is named', () => {
    expect(obstacleTo('tab', { ...laptop, is_handheld: true })).toBe('phone');
    expect(obstacleTo('tab', { ...laptop, is_secure: false })).toBe('insecure');
    expect(obstacleTo('tab', { ...laptop, has_tab_audio: false })).toBe('browser');
    expect(obstacleTo('microphone', { ...laptop, is_secure: false })).toBe('insecure');
    expect(obstacleTo('microphone', { ...laptop, has_microphone: false })).toBe('browser');
  });

  test('a closed picker is no failure', () => {
    const named = (name: string) => Object.assign(new Error(name), { name });
    expect(faultOf(named('NotAllowedError'), 'cancelled')).toBe('cancelled');
    expect(faultOf(named('NotAllowedError'), 'denied')).toBe('denied');
    expect(faultOf(named('NotFoundError'), 'denied')).toBe('no-device');
    expect(faultOf(named('NotReadableError'), 'denied')).toBe('in-use');
    expect(faultOf('?', 'denied')).toBe('failed');
  });
});

describe('an address', () => {
  const secure = new URL('https://unisono.example/cast');
  const local = new URL('http://localhost:8080/cast');

  test('is https unless it says otherwise', () => {
    expect(readAddress(' radio.example/live.mp3 ', secure).url?.href).toBe('https://radio.example/live.mp3');
  });

  test('without encryption is refused on a secure page only', () => {
    expect(readAddress('http://radio.example/', secure).fault).toBe('mixed-content');
    expect(readAddress('http://radio.example/', local).fault).toBeNull();
    expect(readAddress('http://127.0.0.1:9000/a.ogg', secure).fault).toBeNull();
  });

  test.each(['', 'ftp://radio.example', 'javascript:alert(1)', 'data:audio/wav,x', 'https://'])('%j is none', (text) => {
    expect(readAddress(text, secure).fault).toBe('bad-address');
  });
});

describe('the rooms of this device', () => {
  const room = (code: string): HostRoom => ({ code, key: `key of ${code}`, secret: `secret of ${code}`, until: 1 });

  test('are five at most, the newest first, each once', () => {
    const rooms = ['A', 'B', 'C', 'D', 'E', 'F', 'D'].reduce<HostRoom[]>((all, code) => withHostRoom(all, room(code)), []);
    expect(rooms.map(({ code }) => code)).toEqual(['D', 'F', 'E', 'C', 'B']);
  });

  test.each([null, '', 'x', '{}', '[1,{"code":"A"}]'])('%j holds none', (text) => {
    expect(parseHostRooms(text)).toEqual([]);
  });
});

test('relay credentials that end within two minutes are renewed', () => {
  const servers = (second: number) => [{ urls: ['stun:a'] }, { urls: ['turn:a'], username: `${second}:x`, credential: 'c' }];
  expect(endsSoon(servers(1000), 900_000)).toBe(true);
  expect(endsSoon(servers(1000), 800_000)).toBe(false);
  expect(endsSoon([{ urls: ['stun:a'] }], 0)).toBe(false);
});

test('a device says its form and nothing else', () => {
  expect(deviceForm('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0)', 5)).toBe('phone');
  expect(deviceForm('Mozilla/5.0 (Linux; Android 15) Chrome/156 Mobile', 5)).toBe('phone');
  expect(deviceForm('Mozilla/5.0 (Linux; Android 15; Tablet)', 5)).toBe('tablet');
  expect(deviceForm('Mozilla/5.0 (Macintosh; Intel Mac OS X)', 5)).toBe('tablet');
  expect(deviceForm('Mozilla/5.0 (X11; Linux x86_64)', 0)).toBe('computer');
});

test.each([
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X)', 5, true],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0)', 5, true],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X)', 0, false],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64)', 10, false],
])('%j with %i fingers is held in the hand: %s', (userAgent, touchPoints, is_handheld) => {
  expect(isHandheld(deviceForm(userAgent, touchPoints))).toBe(is_handheld);
});

describe('a session', () => {
  const cast = (...events: CasterEvent[]) => events.reduce(nextCasterState, 'idle');
  const listen = (...events: ListenerEvent[]) => events.reduce(nextListenerState, 'hello');

  test('a cast goes from source to live, pauses and ends', () => {
    expect(cast('source', 'created')).toBe('waiting');
    expect(cast('source', 'created', 'heard')).toBe('live');
    expect(cast('source', 'created', 'heard', 'silent', 'source', 'heard')).toBe('live');
    expect(cast('source', 'created', 'heard', 'alone', 'end')).toBe('ended');
    expect(cast('source', 'fail', 'source')).toBe('creating');
  });

  test('what has ended is not live again by itself', () => {
    expect(cast('source', 'created', 'end', 'heard', 'created')).toBe('ended');
    expect(listen('admitted', 'connected', 'leave', 'connected', 'tapped')).toBe('left');
    expect(listen('admitted', 'refuse', 'connected', 'tapped')).toBe('refused');
  });

  test('a listener is ready before the tap and plays after it', () => {
    expect(listen('admitted', 'ice', 'dtls', 'connected')).toBe('ready');
    expect(listen('admitted', 'ice', 'dtls', 'connected', 'tapped')).toBe('playing');
    expect(listen('tapped', 'admitted', 'ice')).toBe('ice');
  });

  test('a listener waits for approval, for the host, and comes back after a loss', () => {
    expect(listen('wait')).toBe('waiting-approval');
    expect(listen('wait', 'admitted')).toBe('authorised');
    expect(listen('alone')).toBe('waiting-host');
    expect(listen('alone', 'admitted', 'ice', 'connected', 'tapped', 'lost')).toBe('reconnecting');
    expect(listen('admitted', 'connected', 'tapped', 'lost', 'connected', 'tapped')).toBe('playing');
    expect(listen('admitted', 'connected', 'tapped', 'lost', 'alone')).toBe('waiting-host');
  });
});
