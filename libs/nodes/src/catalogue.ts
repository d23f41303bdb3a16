import { answer } from './answer/answer.node.js';
import { branch } from './branch/branch.node.js';
import { buildFax } from './build-fax/build-fax.node.js';
import { businessHours } from './business-hours/business-hours.node.js';
import { conference } from './conference/conference.node.js';
import { connect } from './connect/connect.node.js';
import { detectFax } from './detect-fax/detect-fax.node.js';
import { dial } from './dial/dial.node.js';
import { getDigits } from './get-digits/get-digits.node.js';
import { hangUp } from './hang-up/hang-up.node.js';
import { httpRequest } from './http-request/http-request.node.js';
import { log } from './log/log.node.js';
import { menu } from './menu/menu.node.js';
import type { NodeDefinition } from './node.js';
import { play } from './play/play.node.js';
import { queueFax } from './queue-fax/queue-fax.node.js';
import { receiveFax } from './receive-fax/receive-fax.node.js';
import { record } from './record/record.node.js';
import { returnNode } from './return/return.node.js';
import { ring } from './ring/ring.node.js';
import { say } from './say/say.node.js';
import { sendDigits } from './send-digits/send-digits.node.js';
import { sendFax } from './send-fax/send-fax.node.js';
import { setVariables } from './set-variables/set-variables.node.js';
import { startFax } from './start-fax/start-fax.node.js';
import { stopFax } from './stop-fax/stop-fax.node.js';
import { subflow } from './subflow/subflow.node.js';
import { transfer } from './transfer/transfer.node.js';
import { waitForFax } from './wait-for-fax/wait-for-fax.node.js';
import { waitForHangUp } from './wait-for-hang-up/wait-for-hang-up.node.js';
import { wait } from './wait/wait.node.js';

/** Every node type, in the order of the palette. */
export const catalogue: readonly NodeDefinition[] = [
  answer,
  ring,
  hangUp,
  waitForHangUp,
  sendDigits,
  say,
  play,
  menu,
  getDigits,
  record,
  transfer,
  dial,
  connect,
  conference,
  detectFax,
  sendFax,
  receiveFax,
  buildFax,
  queueFax,
  startFax,
  waitForFax,
  stopFax,
  branch,
  businessHours,
  wait,
  subflow,
  returnNode,
  setVariables,
  httpRequest,
  log,
];

const byType = new Map(catalogue.map((definition) => [definition.type, definition]));

/** What `invoke.src` names, or undefined. */
export const nodeType = (type: string): NodeDefinition | undefined => byType.get(type);
