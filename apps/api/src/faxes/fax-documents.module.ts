import { Module } from '@nestjs/common';
import { FaxDocuments } from './documents/fax-documents.js';

@Module({ providers: [FaxDocuments], exports: [FaxDocuments] })
export class FaxDocumentsModule {}
