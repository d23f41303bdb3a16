import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { createAdapter } from '@socket.io/redis-adapter';
import type { Bus } from '../platform/bus/bus.js';

/** socket.io on the API's own server; with Redis the pages of all processes hear the calls of all processes. */
export class LiveAdapter extends IoAdapter {
  constructor(
    app: INestApplicationContext,
    private readonly bus: Bus,
  ) {
    super(app);
  }

  override createIOServer(
    ...options: Parameters<IoAdapter['createIOServer']>
  ): ReturnType<IoAdapter['createIOServer']> {
    const server = super.createIOServer(...options);
    const { redis } = this.bus;
    if (redis) server.adapter(createAdapter(redis.publisher, redis.subscriber.duplicate(), { key: 'callwright:live' }));
    return server;
  }
}
