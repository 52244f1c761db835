import { Body, Controller, HttpCode, Ip, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ChangePassword } from '../../access/change-password.js';
import { Public, Requires, Who } from '../../access/requires.js';
import { SignIn } from '../../access/sign-in.js';
import { SignOut } from '../../access/sign-out.js';
import type { SignedIn } from '../../access/signed-in.js';
import { PasswordDto, SignInDto } from './access-session.dto.js';
import { SessionStarted } from './access-session.responses.js';
import { OF_BODIES, OF_MEMBERS, Refuses } from './refuses.js';

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
  @ApiOkResponse({ type: SessionStarted })
  @Refuses('CROSS_SITE_REQUEST', 'SIGN_IN_FAILED', 'TOO_MANY_ATTEMPTS', 'RESTORED', ...OF_BODIES)
  start(@Body() credentials: SignInDto, @Ip() address: string): Promise<SessionStarted> {
    return this.signIn.run(credentials, address);
  }

  @Post('sign-out')
  @HttpCode(204)
  @ApiBearerAuth()
  @Requires('own.sign-out')
  @ApiOperation({ summary: 'Sign out; the token opens nothing any more' })
  @ApiNoContentResponse()
  @Refuses(...OF_MEMBERS)
  end(@Who() who: SignedIn): Promise<void> {
    return this.signOut.run(who);
  }

  @Post('password')
  @HttpCode(204)
  @ApiBearerAuth()
  @Requires('own.password')
  @ApiOperation({ summary: "Change one's own password; every other session ends" })
  @ApiNoContentResponse()
  @Refuses(...OF_MEMBERS, ...OF_BODIES, 'SIGN_IN_FAILED', 'ALREADY_DONE', 'TOO_MANY_ATTEMPTS')
  change(@Who() who: SignedIn, @Body() passwords: PasswordDto): Promise<void> {
    return this.changePassword.run(who, passwords);
  }
}
