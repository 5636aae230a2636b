// From end to end: how many right links are found among listings that only look like them, and how many wrong ones are
// shown as sure.
import { LinkStage, addressOf, isRight } from './link-stage.mjs';
import { row } from './table.mjs';

/** Songs that are converted, spread over the catalogue. */
const SONGS = 600;
/** Conversions at once. */
const AT_ONCE = 8;
const FOUND_MIN = 95;
const WRONG_MAX = 0.5;
const SURE = ['exact', 'high'];

/**
 * Whether a directory can name the song's link on `platform`: ListenBrainz by title and artist, MusicBrainz by its code
 * (Deezer shows one) or by the pasted address. Spotify tells nobody the artist without a key, so there MusicBrainz must
 * know the pasted address.
 */
function isInDirectory({ ids, has_isrc, musicbrainz, labs }, platform, from) {
  const isKnown = musicbrainz.includes(from) || (from !== 'spotify' && has_isrc && ids.deezer !== undefined);
  return (musicbrainz.includes(platform) && isKnown) || (labs.includes(platform) && (from !== 'spotify' || isKnown));
}

/** Where pasted links come from, and which platforms can be reached: with their own API, or by a directory. */
const WAYS = [
  {
    name: 'no key',
    from: ['deezer', 'apple_music', 'spotify'],
    reaches: (song, platform, from) => ['deezer', 'apple_music'].includes(platform) || isInDirectory(song, platform, from),
  },
  {
    name: 'with keys',
    hasKeys: true,
    from: ['deezer', 'apple_music', 'spotify', 'tidal', 'youtube_music'],
    reaches: (_, platform) => ['deezer', 'apple_music', 'spotify', 'tidal', 'youtube', 'youtube_music'].includes(platform),
  },
];

/** ListenBrainz names SoundCloud's tracks by numbers that no address can be made of. */
const UNREACHABLE = ['soundcloud', 'yandex_music'];

export async function figures() {
  const rows = [];
  for (const way of WAYS) rows.push(...(await measure(way)));
  return rows;
}

async function measure(way) {
  const stage = await LinkStage.open({ catalogue: 'shared', hasKeys: way.hasKeys, isFree: true });
  try {
    const tally = { right: 0, expected: 0, sure: 0, wrong: 0, unsure: 0, failed: 0, missed: {}, mistakes: [] };
    const songs = spread(stage.songs, SONGS);
    const wishes = songs.map((song, index) => [song, pastedFrom(song, way.from, index)]).filter(([, from]) => from);
    await inTurns(wishes, async ([song, from]) => judge(song, from, await stage.convert(addressOf(song, from)), way, tally));
    return rowsOf(way, tally, wishes.length, stage.source);
  } finally {
    await stage.close();
  }
}

function pastedFrom(song, platforms, index) {
  const there = platforms.filter((platform) => song.ids[platform]);
  return there[index % there.length];
}

function judge(song, from, view, way, tally) {
  for (const { platform, outcome } of view.matches) {
    const isTwin = platform.startsWith('youtube') && from.startsWith('youtube');
    if (platform === from || isTwin || UNREACHABLE.includes(platform)) continue;
    const isExpected = song.ids[platform] && way.reaches(song, platform, from);
    const isFound = outcome.state === 'found' && isRight(song, platform, outcome.url);
    tally.expected += isExpected ? 1 : 0;
    tally.right += isExpected && isFound ? 1 : 0;
    if (isExpected && !isFound) tally.missed[platform] = (tally.missed[platform] ?? 0) + 1;
    if (outcome.state !== 'found') continue;
    const isSure = SURE.includes(outcome.level);
    tally.sure += isSure ? 1 : 0;
    tally.unsure += !isSure && isFound ? 1 : 0;
    if (isSure && !isFound) {
      tally.wrong += 1;
      tally.mistakes.push(`${song.artist} - ${song.title} (${from}): ${outcome.url} ${outcome.level} ${outcome.reasons}`);
    }
  }
}

function rowsOf({ name }, { right, expected, sure, wrong, unsure, missed, mistakes }, songs, source) {
  if (process.env.BENCH_MISTAKES) console.log(mistakes.join('\n'));
  const missing = Object.entries(missed).map(([platform, count]) => `${platform} ${count}`);
  return [
    row(`right links found, ${name}`, (100 * right) / expected, '%', {
      goal_min: FOUND_MIN,
      note:
        `${right} of ${expected} links of ${songs} ${source} songs that can be reached; ${unsure} of them shown as less than ` +
        `high; missed: ${missing.join(', ') || 'none'}`,
    }),
    row(`wrong links shown as exact or high, ${name}`, (100 * wrong) / sure, '%', {
      goal_max: WRONG_MAX,
      note: `${wrong} of ${sure} links shown as exact or high`,
    }),
  ];
}

/** So many of the list, at even distances. */
function spread(list, count) {
  const step = Math.max(1, list.length / count);
  return Array.from({ length: Math.min(count, list.length) }, (_, index) => list[Math.floor(index * step)]);
}

async function inTurns(wishes, work) {
  const queue = [...wishes];
  const worker = async () => {
    for (let wish = queue.shift(); wish; wish = queue.shift()) await work(wish);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
