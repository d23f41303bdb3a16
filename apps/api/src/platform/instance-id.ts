import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from './config/config.js';
import { newId } from './ids.js';
import { CONFIG } from './tokens.js';

/** Which of several processes on one database this is: the same after a restart, because it is named or lives in the data folder. */
@Injectable()
export class InstanceId {
  readonly id: string;

  constructor(@Inject(CONFIG) config: Pick<Config, 'DATA_DIR' | 'INSTANCE_ID'>) {
    if (config.INSTANCE_ID !== undefined) {
      this.id = config.INSTANCE_ID;
      return;
    }
    const path = join(config.DATA_DIR, 'instance.id');
    mkdirSync(config.DATA_DIR, { recursive: true });
    try {
      writeFileSync(path, newId(), { flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    this.id = readFileSync(path, 'utf8').trim();
  }
}
