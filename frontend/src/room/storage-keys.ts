/** Everything that rooms keep in this browser. The privacy inventory lists these names. */

/** Local storage: the rooms this browser was in, at most twenty: code, and the key that makes it the same person there. */
export const ROOMS_KEY = 'unisono.rooms';
/** Local storage: what the person wants to be called. */
export const NAME_KEY = 'unisono.name';
/** Session storage: brings this tab back into its seat after a reload. */
export const SEAT_KEY = 'unisono.seat';
