import { Inject, Injectable } from '@nestjs/common';
import type {
  Admission as Verdict,
  CallChannel,
  IncomingOffer,
  PhoneAccount,
  RegistrationChange,
  Route,
  RouteRequest,
  SignallingMessage,
  TelephonyHost,
  TrunkAccount,
} from '@callwright/channel-contract';
import { isCallwrightError } from '@callwright/kernel';
import { dialledNumber } from '@callwright/sip';
import type { Logger } from 'pino';
import { Admission } from '../calls/admission.js';
import { CallRegistry } from '../calls/call-registry.js';
import { SignallingStore } from '../calls/signalling/signalling-store.js';
import { CallEnvironments } from '../environments/call-environments.js';
import { type EnvironmentView, EnvironmentsService } from '../environments/environments.service.js';
import { FaxDocuments } from '../faxes/documents/fax-documents.js';
import { OutboundPolicy } from '../limits/outbound-policy.js';
import type { PhoneNumber } from '../numbers/number.entity.js';
import { NumbersService } from '../numbers/numbers.service.js';
import { PhonesService } from '../phones/phones.service.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { LOGGER } from '../platform/tokens.js';
import { type PublishedScenario, PublishedScenarios } from '../scenarios/published-scenarios.js';
import { TrunksService } from '../trunks/trunks.service.js';
import { Prompts } from './prompts.js';
import { Recordings } from './recordings.js';

/** What was decided when a call was admitted, kept until its channel stands. */
interface Token {
  readonly number: PhoneNumber;
  readonly scenario: PublishedScenario;
  readonly environment: EnvironmentView;
}

/** Answers the media layer's questions: who is called, who may call, where a call may go. */
@Injectable()
export class Host implements TelephonyHost {
  constructor(
    private readonly numbers: NumbersService,
    private readonly phones: PhonesService,
    private readonly trunkList: TrunksService,
    private readonly scenarios: PublishedScenarios,
    private readonly calls: CallRegistry,
    private readonly admission: Admission,
    private readonly policy: OutboundPolicy,
    private readonly metrics: Metrics,
    private readonly signalling: SignallingStore,
    private readonly environments: EnvironmentsService,
    private readonly callEnvironments: CallEnvironments,
    readonly prompts: Prompts,
    readonly recordings: Recordings,
    readonly faxes: FaxDocuments,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async admit(offer: IncomingOffer): Promise<Verdict> {
    const verdict = await this.#decide(offer).catch((error: unknown) => this.#undecided(offer, error));
    this.metrics.callsOffered.inc({ verdict: verdict.verdict === 'refuse' ? verdict.reason : verdict.verdict });
    this.logger.info(
      {
        call: offer.callId,
        verdict: verdict.verdict,
        ...(verdict.verdict === 'refuse' ? { reason: verdict.reason } : {}),
        source: offer.sourceAddress,
      },
      'call offered',
    );
    return verdict;
  }

  accept(channel: CallChannel, _offer: IncomingOffer, token: unknown): void {
    const { number, scenario, environment } = token as Token;
    const { workspaceId, pattern } = number;
    try {
      this.calls.start({ channel, workspaceId, scenario, environment, number: pattern, parameters: {} });
    } catch (error) {
      this.logger.error({ err: error, call: channel.id }, 'a run could not begin');
      void channel.hangUp('unavailable');
    }
  }

  phone(username: string): Promise<PhoneAccount | null> {
    return Promise.resolve(this.phones.account(username));
  }

  trunks(): Promise<readonly TrunkAccount[]> {
    return Promise.resolve(this.trunkList.accounts);
  }

  route(request: RouteRequest): Promise<Route> {
    return this.policy.route({ ...request, to: this.callEnvironments.destination(request.callId, request.to) });
  }

  registrationChanged(change: RegistrationChange): void {
    if (change.kind === 'phone') this.phones.registered(change.username, change.bindings);
    else this.trunkList.stateChanged(change);
  }

  signalled(callId: string, messages: readonly SignallingMessage[]): void {
    this.signalling.keep(callId, messages);
  }

  /** A stored version that does not compile is not published; anything else, such as a database that is away, may pass. */
  #undecided({ callId }: IncomingOffer, error: unknown): Verdict {
    this.logger.error({ err: error, call: callId }, 'a call could not be decided on');
    if (isCallwrightError(error) && error.kind === 'input') return { verdict: 'refuse', reason: 'not-published' };
    return { verdict: 'refuse', reason: 'no-capacity', retryAfterS: 10 };
  }

  /** Exact number, longest prefix, then, for a registered caller, a phone of the same workspace. */
  async #decide(offer: IncomingOffer): Promise<Verdict> {
    const dialled = dialledNumber(offer.to);
    const number = dialled === null ? null : this.numbers.find(dialled);
    if (!number) return this.#phoneToPhone(offer);
    const environment = this.environments.find(number.workspaceId, number.environment);
    if (!environment) return { verdict: 'refuse', reason: 'not-published' };
    const scenario = await (number.version === null
      ? this.scenarios.released(environment, number.scenarioId)
      : this.scenarios.find(number.scenarioId, number.version));
    if (!scenario) return { verdict: 'refuse', reason: 'not-published' };
    const place = this.admission.take(this.calls.size);
    if (!place.admitted) return { verdict: 'refuse', reason: 'no-capacity', retryAfterS: place.retryAfterS };
    const token: Token = { number, scenario, environment };
    return { verdict: 'run', token, workspaceId: number.workspaceId };
  }

  #phoneToPhone({ phone, to }: IncomingOffer): Verdict {
    const caller = phone === null ? null : this.phones.account(phone);
    const callee = caller && this.phones.account(to);
    if (!callee || callee.workspaceId !== caller.workspaceId) return { verdict: 'refuse', reason: 'not-found' };
    const place = this.admission.take(this.calls.size);
    if (!place.admitted) return { verdict: 'refuse', reason: 'no-capacity', retryAfterS: place.retryAfterS };
    return { verdict: 'phone', username: callee.username, workspaceId: callee.workspaceId };
  }
}
