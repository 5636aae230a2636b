/** Everything the cast keeps in this browser. The privacy inventory lists these names. */

/** Local storage: rooms that this device opened, at most five: code, host key and link secret. */
export const HOST_ROOMS_KEY = 'unisono.host';
/** Local storage: the key by which a free session goes on in another room, until the next may begin. */
export const SESSION_KEY = 'unisono.session';
/** Local storage: when a free session ends and the next may begin. A mirror: the server does not go by it. */
export const RESTING_KEY = 'unisono.resting';
/** Local storage: the secrets of links to saved rooms. */
export const SAVED_ROOMS_KEY = 'unisono.saved';
/** Local storage: how much later this device plays, in ms. */
export const NUDGE_KEY = 'unisono.nudge';
/** Session storage: brings this tab back into its room after a reload. */
export const RESUME_KEY = 'unisono.resume';
/** IndexedDB: the certificate by which listeners recognise this device. */
export const CERTIFICATE_DATABASE = 'unisono.certificate';
