import { Module } from '@nestjs/common';
import { MediaController } from './media.controller.js';
import { MediaService } from './media.service.js';
import { MediaStore } from './media-store.js';
import { UsesModule } from '../uses/uses.module.js';

@Module({
  imports: [UsesModule],
  controllers: [MediaController],
  providers: [MediaService, MediaStore],
  exports: [MediaService, MediaStore],
})
export class MediaModule {}
