import { Body, Controller, Get, Header, Param, Post } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Principal } from '../auth/principal.js';
import { Allow, Answers, Who } from '../platform/http/routes.js';
import { provisioningLink, provisioningReply } from './phones.schemas.js';
import { Provisioning } from './provisioning.js';

@Controller('api')
export class ProvisioningController {
  constructor(private readonly provisioning: Provisioning) {}

  @Post('phones/:id/provisioning')
  @Allow('admin', 'Make a link from which a phone sets itself up, for ten minutes.')
  @Answers(201, provisioningReply)
  link(
    @Who() who: Principal,
    @Param('id') id: string,
    @Body({ schema: provisioningLink }) { server }: z.output<typeof provisioningLink>,
  ) {
    return this.provisioning.link(who, id, server);
  }

  @Get('provisioning/:token')
  @Allow('anyone', 'The settings of a phone, as Linphone reads them; the link itself is the permission.')
  @ApiProduces('application/xml')
  @Header('Content-Type', 'application/xml; charset=utf-8')
  @Header('Cache-Control', 'no-store')
  settings(@Param('token') token: string) {
    return this.provisioning.settings(token);
  }
}
