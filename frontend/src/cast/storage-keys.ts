/** Everything the cast keeps in this browser. The privacy inventory lists these names. */

/** Local storage: rooms that this device opened, at most five: code, host key and link secret. */
export const HOST_ROOMS_KEY = 'unisono.host';
/** Local storage: how much later this device plays, in ms. */
export const NUDGE_KEY = 'unisono.nudge';
/** Session storage: brings this tab back into its room after a reload. */
export const RESUME_KEY = 'unisono.resume';
/** IndexedDB: the certificate by which listeners recognise this device. */
export const CERTIFICATE_DATABASE = 'unisono.certificate';
