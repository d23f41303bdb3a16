import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import type { Principal } from '../auth/principal.js';
import { pageOf, type PageQuery, pageQuery } from '../platform/database/paging.js';
import { Allow, Answers, AnswersNothing, Who } from '../platform/http/routes.js';
import { newUser, userPatch, userReply } from './users.schemas.js';
import { UsersService } from './users.service.js';

@Controller('api/users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @Get()
  @Allow('admin', 'List the users.')
  @Answers(200, pageOf(userReply))
  list(@Who() who: Principal, @Query({ schema: pageQuery }) query: PageQuery) {
    return this.users.list(who, query);
  }

  @Post()
  @Allow('admin', 'Make a user.')
  @Answers(201, userReply)
  add(@Who() who: Principal, @Body({ schema: newUser }) body: z.output<typeof newUser>) {
    return this.users.add(who, body);
  }

  @Get(':id')
  @Allow('admin', 'Read a user.')
  @Answers(200, userReply)
  get(@Who() who: Principal, @Param('id') id: string) {
    return this.users.get(who, id);
  }

  @Patch(':id')
  @Allow('admin', 'Change a user; a new password or disabling ends the user’s sessions.')
  @Answers(200, userReply)
  change(
    @Who() who: Principal,
    @Param('id') id: string,
    @Body({ schema: userPatch }) body: z.output<typeof userPatch>,
  ) {
    return this.users.change(who, id, body);
  }

  @Delete(':id')
  @Allow('admin', 'Remove a user.')
  @AnswersNothing()
  remove(@Who() who: Principal, @Param('id') id: string) {
    return this.users.remove(who, id);
  }
}
