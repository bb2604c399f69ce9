using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Ops.Browser")]
