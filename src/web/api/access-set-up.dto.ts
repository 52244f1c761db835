import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsNotEmpty, IsObject, IsString, MaxLength, ValidateNested } from 'class-validator';
import { ifGiven } from './if-given.js';

export class SecondAdministratorDto {
  @ApiProperty({ maxLength: 120 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(120)
  readonly name: string;

  @ApiProperty({ format: 'email', maxLength: 254 })
  @IsString()
  @MaxLength(254)
  readonly email: string;
}

export class SetUpDto {
  @ApiProperty({ description: 'From the link that the service printed at its start.', maxLength: 64 })
  @IsString()
  @MaxLength(64)
  readonly token: string;

  @ApiProperty({ maxLength: 120 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(120)
  readonly organisation: string;

  @ApiProperty({ maxLength: 120 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(120)
  readonly site: string;

  @ApiProperty({ example: 'America/Chicago', maxLength: 64 })
  @IsString()
  @MaxLength(64)
  readonly timeZone: string;

  @ApiProperty({ description: 'Of the first administrator.', maxLength: 120 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(120)
  readonly name: string;

  @ApiProperty({ format: 'email', maxLength: 254 })
  @IsString()
  @MaxLength(254)
  readonly email: string;

  @ApiProperty({ writeOnly: true, format: 'password', minLength: 15, maxLength: 256 })
  @IsString()
  @MaxLength(512)
  readonly password: string;

  @ApiPropertyOptional({ type: () => SecondAdministratorDto, description: 'Whom the first has not invited: what takes two people needs two such.' })
  @ifGiven
  @IsObject()
  @ValidateNested()
  @Type(() => SecondAdministratorDto)
  readonly second?: SecondAdministratorDto;
}
