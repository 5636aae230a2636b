/** Kinds of players, by how exactly they can be told where to be. */

/** Our own samples; a media element of the browser; YouTube's player; one led through a service, such as Spotify's. */
export type PlayerClass = 'own-audio' | 'media-element' | 'youtube' | 'remote';

/** The finest figure that the page may claim for each: the 95th percentile of the error, in milliseconds. */
export const CLAIM_MS: Readonly<Record<PlayerClass, number>> = {
  'own-audio': 15,
  'media-element': 40,
  youtube: 300,
  remote: 1000,
};
