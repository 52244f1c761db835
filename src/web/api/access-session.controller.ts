import { Body, Controller, HttpCode, Ip, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ChangePassword } from '../../access/change-password.js';
import { Public, Requires, Who } from '../../access/requires.js';
import { SignIn, type FreshSession } from '../../access/sign-in.js';
import { SignOut } from '../../access/sign-out.js';
import type { SignedIn } from '../../access/signed-in.js';
import { PasswordDto, SignInDto } from './access-session.dto.js';

@ApiTags('access')
@Controller('api')
export class AccessSessionController {
  constructor(
    private readonly signIn: SignIn,
    private readonly signOut: SignOut,
    private readonly changePassword: ChangePassword,
  ) {}

  @Post('sign-in')
  @HttpCode(200)
  @Public('whoever signs in is not signed in yet')
  @ApiOperation({ summary: 'Sign in; the token goes into the Authorization header as a bearer' })
  start(@Body() credentials: SignInDto, @Ip() address: string): Promise<FreshSession> {
    return this.signIn.run(credentials, address);
  }

  @Post('sign-out')
  @HttpCode(204)
  @ApiBearerAuth()
  @Requires('own.sign-out')
  @ApiOperation({ summary: 'Sign out; the token opens nothing any more' })
  end(@Who() who: SignedIn): Promise<void> {
    return this.signOut.run(who);
  }

  @Post('password')
  @HttpCode(204)
  @ApiBearerAuth()
  @Requires('own.password')
  @ApiOperation({ summary: "Change one's own password; every other session ends" })
  change(@Who() who: SignedIn, @Body() passwords: PasswordDto): Promise<void> {
    return this.changePassword.run(who, passwords);
  }
}
