/** The caster's certificate: kept in this browser, so that the fingerprint in a link or QR stays true. */
import { CERTIFICATE_DATABASE } from './storage-keys';
import { readFingerprint } from './verify';

const STORE = 'certificates';
const KEY = 'caster';
/** Browsers allow at most a year. The link of a saved room names it: with a new certificate, a new link. */
const LIFE_MS = 300 * 24 * 3600 * 1000;
/** One that ends within a day is replaced now, not in the middle of a cast. */
const MARGIN_MS = 24 * 3600 * 1000;

export interface Identity {
  certificate: RTCCertificate;
  fingerprint: Uint8Array;
}

/** This device's certificate. Where the browser refuses to keep it, it lives as long as the page. */
export async function casterIdentity(): Promise<Identity> {
  const kept = await read().catch(() => null);
  const isGood = kept !== null && kept.expires > Date.now() + MARGIN_MS;
  const certificate = isGood ? kept : await generate();
  if (!isGood) await write(certificate).catch(() => undefined);
  return { certificate, fingerprint: await fingerprintOf(certificate) };
}

function generate(): Promise<RTCCertificate> {
  const wish = { name: 'ECDSA', namedCurve: 'P-256', expires: LIFE_MS };
  return RTCPeerConnection.generateCertificate(wish as AlgorithmIdentifier);
}

/** Read from a description, since not every browser has `getFingerprints`. */
async function fingerprintOf(certificate: RTCCertificate): Promise<Uint8Array> {
  const peer = new RTCPeerConnection({ certificates: [certificate] });
  try {
    peer.createDataChannel('fingerprint');
    const offer = await peer.createOffer();
    const reading = readFingerprint(offer.sdp ?? '', null);
    if (!reading.is_good) throw new Error(`own fingerprint: ${reading.fault}`);
    return reading.fingerprint;
  } finally {
    peer.close();
  }
}

async function read(): Promise<RTCCertificate | null> {
  const found = await request('readonly', (store) => store.get(KEY) as IDBRequest<RTCCertificate | undefined>);
  return found ?? null;
}

async function write(certificate: RTCCertificate): Promise<void> {
  await request('readwrite', (store) => store.put(certificate, KEY));
}

async function request<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await settled(openDatabase());
  try {
    return await settled(ask(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

function openDatabase(): IDBOpenDBRequest {
  const opening = indexedDB.open(CERTIFICATE_DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  return opening;
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('storage refused'));
  });
}
