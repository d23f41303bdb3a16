import * as vitest from 'vitest';
import { describeChannel } from '../conformance/index.js';
import { fakeHarness } from '../testing/fake-harness.js';

describeChannel(vitest, 'FakeCall', fakeHarness());
