// A laptop in one home casts a file to a phone in the other, through routers, with the server in between.
import { castsAFile, listensByLink, tones } from '../lib/people.mjs';
import { hearsBothTones } from '../lib/sound.mjs';
import { Internet } from './internet.mjs';
import { PublicServer } from './public-server.mjs';

const SELF_MADE_CERTIFICATE = '--ignore-certificate-errors';

/** The networks, the server and a browser in each of `homes`; nobody casts yet. */
export async function openScene(stage, { translation, tls = false, homes = ['laptop', 'phone'] }) {
  const internet = new Internet(stage, translation);
  const server = await PublicServer.start(stage, internet, { tls });
  const [laptop, phone] = await Promise.all(
    homes.map(async (name) => {
      const device = await stage.device(name, {
        program: internet.browserIn(name),
        args: tls ? [SELF_MADE_CERTIFICATE] : [],
        context: { ignoreHTTPSErrors: tls },
      });
      // Chromium says of every plain page that it ignores this header of ours.
      if (!tls) device.allowError('Cross-Origin-Opener-Policy header has been ignored');
      await device.context.addInitScript(keepConnections);
      return device;
    }),
  );
  return { internet, server, laptop, phone };
}

/** The laptop casts both tones, and the phone, which opened the link, hears them. */
export async function isHeard({ server, laptop, phone }, { seconds, before } = {}) {
  const cast = await castsAFile(laptop, server, { files: [tones('Two tones.wav', seconds)], before });
  const listening = await listensByLink(phone, cast.link);
  await hearsBothTones(listening);
  return { casting: cast.page, listening, code: cast.code };
}

/** Waits until both pages say `path` of the one connection, in the badge that people read. */
export async function bothSay({ casting, listening }, path) {
  for (const page of [casting, listening]) await page.locator(`[data-path=${path}]`).getByText(path).first().waitFor();
}

/** The pair of candidates that carries the sound: kinds of both ends, and how this one talks to its relay. */
export async function pathOf(page) {
  const paths = await page.evaluate(chosenPaths);
  if (paths.length !== 1) throw new Error(`${paths.length} connections`);
  return paths[0];
}

/** Packets of sound that came and that did not, so far. */
export async function arrived(page) {
  const [counts] = await page.evaluate(receivedPackets);
  return counts;
}

/** In every page, before its own scripts. */
function keepConnections() {
  const kept = [];
  Object.defineProperty(window, 'keptConnections', { value: kept });
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(...words) {
      super(...words);
      kept.push(this);
    }
  };
}

/** In the page. */
async function chosenPaths() {
  const open = window.keptConnections.filter((one) => one.connectionState === 'connected');
  const reports = await Promise.all(open.map((one) => one.getStats()));
  return reports.map((report) => {
    const rows = [...report.values()];
    const { selectedCandidatePairId } = rows.find(({ type }) => type === 'transport');
    const { localCandidateId, remoteCandidateId } = report.get(selectedCandidatePairId);
    const { candidateType: local, relayProtocol = null } = report.get(localCandidateId);
    return { local, relayProtocol, remote: report.get(remoteCandidateId).candidateType };
  });
}

/** In the page. */
async function receivedPackets() {
  const open = window.keptConnections.filter((one) => one.connectionState === 'connected');
  const reports = await Promise.all(open.map((one) => one.getStats()));
  return reports.map((report) => {
    const { packetsReceived, packetsLost } = [...report.values()].find(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio');
    return { received: packetsReceived, lost: packetsLost };
  });
}
