// SPDX-License-Identifier: BSL-1.0
#pragma once

// Macros that other libraries are known for, as those libraries define them. Whoever includes such
// a library before koc has them all in force.

// Qt, without QT_NO_KEYWORDS
#define emit
#define signals public
#define slots
#define foreach Q_FOREACH
#define forever for (;;)
#define Q_FOREACH(variable, container) for (variable : container)

// X.h and Xlib.h
#define Above 0
#define Always 2
#define AnyKey 0L
#define Below 1
#define Bool int
#define ButtonPress 4
#define Complex 0
#define Convex 2
#define CopyFromParent 0L
#define CurrentTime 0L
#define DestroyAll 0
#define DisableAccess 0
#define Expose 12
#define False 0
#define FocusIn 9
#define FocusOut 10
#define GrayScale 1
#define KeyPress 2
#define LineSolid 0
#define None 0L
#define NotUseful 0
#define Opposite 4
#define PropModeReplace 0
#define Status int
#define Success 0
#define True 1
#define Unsorted 0
#define WhenMapped 1
#define YSorted 1

// windows.h, without NOMINMAX and with all it includes
#define ABSOLUTE 1
#define CALLBACK
#define CONST const
#define CreateEvent CreateEventA
#define DELETE (0x00010000L)
#define DIFFERENCE 11
#define DOMAIN 1
#define ERROR 0
#define FALSE 0
#define GetMessage GetMessageA
#define GetObject GetObjectA
#define IGNORE 0
#define IN
#define INFINITE 0xFFFFFFFF
#define INPUT_KEYBOARD 1
#define NEAR
#define FAR
#define NO_ERROR 0L
#define OPTIONAL
#define OUT
#define OVERFLOW 3
#define PASSTHROUGH 19
#define RELATIVE 2
#define SendMessage SendMessageA
#define STRICT 1
#define THIS
#define TRANSPARENT 1
#define TRUE 1
#define UNDERFLOW 4
#define VOID void
#define Yield()
#define cdecl
#define far
#define hyper long long
#define interface struct
#define max(a, b) (((a) > (b)) ? (a) : (b))
#define min(a, b) (((a) < (b)) ? (a) : (b))
#define near
#define pascal
#define small char

// sys/sysmacros.h, and what the compilers themselves define when they are not asked for strict ISO
#define gnu_dev_major(device) ((unsigned)(device) >> 8)
#define gnu_dev_minor(device) ((unsigned)(device)&0xFF)
#define major(device) gnu_dev_major(device)
#define makedev(a, b) ((a) << 8 | (b))
#define minor(device) gnu_dev_minor(device)
#undef linux
#define linux 1
#undef unix
#define unix 1

// complex.h and the BSD headers
#define I 1.0i
#define MAX(a, b) (((a) > (b)) ? (a) : (b))
#define MIN(a, b) (((a) < (b)) ? (a) : (b))
