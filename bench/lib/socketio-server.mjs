// Socket.IO on the port given: an event goes to everybody in the sender's room, the sender included.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer((_, answer) => answer.end());
const io = new Server(http, { perMessageDeflate: false });

io.on('connection', (socket) => {
  const room = socket.handshake.query.room;
  socket.join(room);
  socket.on('m', (said) => io.to(room).emit('m', said));
});

http.listen(Number(process.argv[2]), '127.0.0.1');
