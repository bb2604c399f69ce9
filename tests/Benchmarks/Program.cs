Console.WriteLine("no benchmark named");
