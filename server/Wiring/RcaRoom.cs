using Ops.Model;
using Ops.Rca.Live;

namespace Ops.Server.Wiring;

/// <summary>Builds the live entity graph and brings back what it knew before the restart.</summary>
internal static class RcaRoom
{
    public static RcaEngine Build(StartConfiguration start, IStateStore state, Announcer announcer, TimeProvider time)
    {
        var engine = new RcaEngine(new RcaEngineOptions
        {
            StateValues = start.StateValues,
            Templates = TemplateLibrary.InForce(start.Folder, state).Templates,
            Store = state,
            Time = time,
            Changed = announcer.Tell,
        });
        engine.Restore();
        return engine;
    }
}
