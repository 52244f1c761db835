import { Injectable, type PipeTransform } from '@nestjs/common';
import { Refusal } from '../../platform/refusal.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** An id from the path, in lower case. What is no id names nothing: 404. */
@Injectable()
export class UuidPipe implements PipeTransform<string, string> {
  transform(text: string): string {
    const id = text.toLowerCase();
    if (!UUID.test(id)) throw new Refusal('NOT_FOUND', 'There is nothing with this id.');
    return id;
  }
}
