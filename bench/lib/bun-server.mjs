// Bun's own WebSocket server on the port given: a frame goes to everybody in the sender's room, the sender included.
const server = Bun.serve({
  port: Number(process.argv[2]),
  hostname: '127.0.0.1',
  fetch(request) {
    const room = new URL(request.url).searchParams.get('room');
    return server.upgrade(request, { data: { room } }) ? undefined : new Response('ready');
  },
  websocket: {
    perMessageDeflate: false,
    open: (socket) => socket.subscribe(socket.data.room),
    message: (socket, said) => server.publish(socket.data.room, said),
  },
});
