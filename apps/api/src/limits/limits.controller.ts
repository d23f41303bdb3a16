import { Body, Controller, Get, Put } from '@nestjs/common';
import type { Principal } from '../auth/principal.js';
import { Allow, Answers, Who } from '../platform/http/routes.js';
import { limitsBody, limitsReply, type LimitsBody } from './limits.schemas.js';
import { LimitsService } from './limits.service.js';

@Controller('api/limits')
export class LimitsController {
  constructor(private readonly limits: LimitsService) {}

  @Get()
  @Allow('viewer', 'What may go out of the workspace.')
  @Answers(200, limitsReply)
  get(@Who() who: Principal) {
    return this.limits.get(who);
  }

  @Put()
  @Allow('admin', 'Set what may go out of the workspace.')
  @Answers(200, limitsReply)
  replace(@Who() who: Principal, @Body({ schema: limitsBody }) body: LimitsBody) {
    return this.limits.replace(who, body);
  }
}
